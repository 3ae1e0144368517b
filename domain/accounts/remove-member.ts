import { eq } from "drizzle-orm";
import { z } from "zod";

import { members } from "@/db/schema";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { lockAccount, ownersOf } from "./lock";
import { assertStaysOwned } from "./rules";
import { tellMembers } from "./tell-members";

/**
 * Ends a membership; what the member answered before stays theirs. Ending it twice is harmless.
 * @throws Conflict when it is the account's last owner, NotFound
 */
export const removeMember = verb({
  may: "account.manage",
  input: z.object({ memberId: uuid }),

  async run(step, { memberId }) {
    const { tx, now, record, unchanged } = step;
    const [seen] = await tx.select().from(members).where(eq(members.id, memberId));
    if (!seen) throw new NotFound("errors.notFound");
    await lockAccount(tx, seen.accountId);
    const [member] = await tx.select().from(members).where(eq(members.id, memberId));
    if (!member || member.leftAt) return unchanged({ accountId: seen.accountId });
    assertStaysOwned(await ownersOf(tx, member.accountId), memberId);

    await tx.update(members).set({ leftAt: now }).where(eq(members.id, memberId));
    const { accountId, userId, role } = member;
    await record("member.removed", {
      id: memberId,
      before: { accountId, userId, role, left: false },
      after: { accountId, userId, role, left: true },
    });
    await tellMembers(step, {
      moves: [{ userId, accountId, role, event: "member_removed" }],
      runId: memberId,
    });
    return { accountId };
  },
});
