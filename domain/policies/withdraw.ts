import { eq } from "drizzle-orm";
import { z } from "zod";

import { type PolicyVersion, policyVersions } from "@/db/schema";

import { approveWithdrawal, proposeWithdrawal } from "../broadcasts/withdrawals";
import { Conflict } from "../errors";
import { prose, typedCount, uuid } from "../input";
import { verb } from "../verb";
import { lockVersion } from "./find";
import { assertMove } from "./rules";

/** Asks a second person to withdraw a scheduled version before it takes effect. @throws Conflict, Invalid */
export const proposeVersionWithdrawal = verb({
  may: "withdrawal.propose",
  input: z.object({ versionId: uuid, reason: prose(2000) }),

  async run(step, { versionId, reason }) {
    const { version } = await lockVersion(step.tx, versionId);
    assertWithdrawable(version, step.now);
    await proposeWithdrawal(step, { subjectType: "version", subjectId: versionId, reason });
  },
});

/**
 * Withdraws a scheduled version before it takes effect, as a colleague proposed. It stays readable,
 * marked as withdrawn, with the reason: what was announced is never made to vanish; and whoever was
 * told of it is told that it will not come. @throws Conflict
 */
export const withdrawVersion = verb({
  may: "withdrawal.review",
  fresh: true,
  input: z.object({
    versionId: uuid,
    typedPeople: typedCount.optional(),
  }),

  async run(step, { versionId, typedPeople }) {
    const { version } = await lockVersion(step.tx, versionId);
    assertWithdrawable(version, step.now);
    const subject = { subjectType: "version", subjectId: versionId } as const;
    const withdrawal = await approveWithdrawal(step, { ...subject, typedPeople });
    await step.tx
      .update(policyVersions)
      .set({ status: "withdrawn", withdrawnAt: step.now, withdrawalReason: withdrawal.reason })
      .where(eq(policyVersions.id, versionId));
    return withdrawal;
  },
});

/** Its midnight may have come before the job that brings it into force. */
function assertWithdrawable({ status, effectiveAt }: PolicyVersion, now: Date): void {
  assertMove(status, "withdrawn");
  if (effectiveAt && effectiveAt <= now) throw new Conflict("policies.errors.alreadyEffective");
}
