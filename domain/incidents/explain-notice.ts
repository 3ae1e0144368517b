import { eq } from "drizzle-orm";
import { z } from "zod";

import { notices } from "@/db/schema";
import { NOTICE_CHECKS } from "@/db/vocabulary/incidents";

import { person } from "../access/permissions";
import { Conflict } from "../errors";
import { prose, uuid } from "../input";
import { explained } from "../reviews/checks";
import { assertRevision } from "../reviews/draft";
import { verb } from "../verb";
import { appsOfNotice } from "./audience";
import { lockNotice } from "./find";
import { mailBytes, noticeChecks } from "./notice-checks";
import { NOTICE } from "./review-kind";

const explanations = z.partialRecord(
  z.enum(NOTICE_CHECKS),
  z.object({ digest: z.string().max(64), reason: prose(500) }),
);

/**
 * An author says why what the checks found may stay; its reviewer reads it. What is left blank stays
 * open. Nothing that readers see changes, but who explains is a writer and may not approve.
 * @throws Conflict when the notice is no draft, somebody saved meanwhile, or something else was found
 */
export const explainNotice = verb({
  may: "notice.draft",
  input: z.object({
    noticeId: uuid,
    revision: z.coerce.number().int(),
    explanations,
    mails: mailBytes,
  }),

  async run(step, { noticeId, revision, explanations: given, mails }) {
    const { tx, actor, now, record, unchanged } = step;
    const subject = await lockNotice(tx, noticeId);
    const { notice } = subject;
    if (notice.status !== "draft") throw new Conflict(NOTICE.refusals.movedOn);
    assertRevision(NOTICE, notice, revision);

    const apps = await appsOfNotice(tx, notice);
    const by = person(actor).id;
    const { said, added } = explained(
      await noticeChecks(tx, { subject, apps, mails, now }),
      given,
      { by, at: now, foundOtherwise: "notices.errors.foundOtherwise" },
    );
    if (said.length === 0) return unchanged({ explained: 0 });

    await tx
      .update(notices)
      .set({
        explanations: { ...notice.explanations, ...added },
        writerIds: [...new Set([...notice.writerIds, by])],
      })
      .where(eq(notices.id, noticeId));
    await record("notice.checks_explained", { id: noticeId, after: { checks: said } });
    return { explained: said.length };
  },
});
