import { eq } from "drizzle-orm";
import { z } from "zod";

import { emergencySendings } from "@/db/schema";
import type { LookVerdict } from "@/db/vocabulary/incidents";

import { person } from "../access/permissions";
import { NotFound } from "../errors";
import { prose, uuid } from "../input";
import { assertAnother, assertReason } from "../reviews/rules";
import { type RecordedStep, verb } from "../verb";
import { draftCorrection } from "./draft-notice";
import { assertLook } from "./emergency-rules";
import { lockNotice } from "./find";
import { tellLook } from "./tell-look";

/** A second person has looked at what one person sent alone, and agrees. @throws Conflict, NotFound */
export const confirmSending = verb({
  may: "notice.review",
  fresh: true,
  input: z.object({ noticeId: uuid }),

  run: (step, { noticeId }) => look(step, { noticeId, verdict: "confirmed", objection: null }),
});

/**
 * A second person has looked and objects, with the reason: its correction is begun with its words, for
 * its writers to put right, and they are told. @throws Conflict, Invalid, NotFound
 */
export const objectToSending = verb({
  may: "notice.review",
  input: z.object({ noticeId: uuid, reason: prose(2000).default("") }),

  async run(step, { noticeId, reason }) {
    assertReason(reason, "notices.errors.emergency.objection");
    return look(step, { noticeId, verdict: "objected", objection: reason.trim() });
  },
});

type Look = { noticeId: string; verdict: LookVerdict; objection: string | null };

async function look(step: RecordedStep, { noticeId, verdict, objection }: Look) {
  const { tx, actor, now, record } = step;
  const { id: lookedBy } = person(actor);
  const { notice, incident } = await lockNotice(tx, noticeId);
  const ofNotice = eq(emergencySendings.noticeId, noticeId);
  const [sending] = await tx.select().from(emergencySendings).where(ofNotice).for("update");
  if (!sending || !incident) throw new NotFound("errors.notFound");
  assertAnother(lookedBy, [sending.sentBy, ...sending.writerIds], "notices.errors.emergency.own");
  assertLook({ ...sending, now }, verdict);

  const correctionId =
    verdict === "objected" ? await draftCorrection(step, { notice, incident }) : null;
  await tx
    .update(emergencySendings)
    .set({ verdict, objection, correctionId, lookedBy, lookedAt: now })
    .where(ofNotice);
  await record("notice.looked_at", {
    id: noticeId,
    after: { verdict, reason: objection, correctionId },
  });
  const { number: incidentNumber } = incident;
  if (verdict === "objected")
    await tellLook(step, {
      ...{ event: verdict, sending, incidentNumber, sequence: notice.sequence },
      isDrafted: correctionId !== null,
    });
  return { incidentNumber, correctionId };
}
