import { z } from "zod";

import { approveWithdrawal, proposeWithdrawal } from "../broadcasts/withdrawals";
import { Conflict } from "../errors";
import { prose, typedCount, uuid } from "../input";
import { type RecordedStep, verb } from "../verb";
import { lockNotice } from "./find";

/** Asks a second person to withdraw a published announcement. @throws Conflict, Invalid */
export const proposeAnnouncementWithdrawal = verb({
  may: "withdrawal.propose",
  input: z.object({ noticeId: uuid, reason: prose(2000) }),

  async run(step, { noticeId, reason }) {
    await assertAnnounced(step, noticeId);
    await proposeWithdrawal(step, { subjectType: "notice", subjectId: noticeId, reason });
  },
});

/**
 * Withdraws an announcement, as a colleague proposed: it stays readable, marked as withdrawn, and
 * whoever was told of it is told so. @throws Conflict
 */
export const withdrawAnnouncement = verb({
  may: "withdrawal.review",
  fresh: true,
  input: z.object({
    noticeId: uuid,
    typedPeople: typedCount.optional(),
  }),

  async run(step, { noticeId, typedPeople }) {
    await assertAnnounced(step, noticeId);
    return approveWithdrawal(step, { subjectType: "notice", subjectId: noticeId, typedPeople });
  },
});

/** What was told of an incident is corrected, never withdrawn; what follows an announcement goes with that. */
async function assertAnnounced({ tx }: RecordedStep, noticeId: string): Promise<void> {
  const { notice } = await lockNotice(tx, noticeId);
  if (notice.type !== "announcement" || notice.status !== "published" || notice.followsId)
    throw new Conflict("broadcasts.errors.noWithdrawal");
}
