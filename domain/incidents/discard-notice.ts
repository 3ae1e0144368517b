import { eq } from "drizzle-orm";
import { z } from "zod";

import { noticeReviews, notices, noticeSubmissions } from "@/db/schema";

import { Conflict } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { lockEditable } from "./save-notice";

/**
 * Throws a draft away. What a second person has judged stays, as it was judged.
 * @throws Conflict when it is no draft, has been reviewed, or somebody saved meanwhile
 */
export const discardNotice = verb({
  may: "notice.draft",
  input: z.object({ noticeId: uuid, revision: z.coerce.number().int() }),

  async run({ tx, record }, input) {
    const { notice, incident } = await lockEditable(tx, input);
    if (notice.status !== "draft") throw new Conflict("notices.errors.movedOn");
    const reviews = await tx.$count(noticeReviews, eq(noticeReviews.noticeId, notice.id));
    if (reviews > 0) throw new Conflict("notices.errors.reviewed");
    await tx.delete(noticeSubmissions).where(eq(noticeSubmissions.noticeId, notice.id));
    await tx.delete(notices).where(eq(notices.id, notice.id));
    const { type, sequence, incidentId } = notice;
    await record("notice.discarded", {
      subject: incident ? { type: "incident", id: incident.id } : { type: "notice", id: notice.id },
      before: { type, sequence, incidentId },
    });
    return { incidentNumber: incident?.number ?? null };
  },
});
