import { eq } from "drizzle-orm";
import { z } from "zod";

import { noticeReviews, notices, noticeSubmissions } from "@/db/schema";

import { person } from "../access/permissions";
import { Conflict } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { assertNoticeMove } from "./rules";
import { lockEditable } from "./save-notice";

/**
 * Throws a draft away, and its number becomes free. What a second person has judged stays to be read,
 * in no list. @throws Conflict when it is no draft, or somebody saved meanwhile
 */
export const discardNotice = verb({
  may: "notice.draft",
  input: z.object({ noticeId: uuid, revision: z.coerce.number().int() }),

  async run({ tx, actor, now, record }, input) {
    const { notice, incident } = await lockEditable(tx, input);
    if (notice.status !== "draft") throw new Conflict("notices.errors.movedOn");
    const isJudged = (await tx.$count(noticeReviews, eq(noticeReviews.noticeId, notice.id))) > 0;
    if (isJudged) {
      assertNoticeMove(notice.status, "discarded");
      await tx
        .update(notices)
        .set({ status: "discarded", discardedBy: person(actor).id, discardedAt: now })
        .where(eq(notices.id, notice.id));
    } else {
      await tx.delete(noticeSubmissions).where(eq(noticeSubmissions.noticeId, notice.id));
      await tx.delete(notices).where(eq(notices.id, notice.id));
    }
    const { type, sequence, incidentId } = notice;
    await record("notice.discarded", {
      subject: incident ? { type: "incident", id: incident.id } : { type: "notice", id: notice.id },
      before: { type, sequence, incidentId },
    });
    return { incidentNumber: incident?.number ?? null };
  },
});
