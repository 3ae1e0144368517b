import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { accounts, members, users } from "@/db/schema";
import { type AccessUpdate, MEMBER_ROLES, type MemberRole } from "@/db/vocabulary/access";

import { person } from "../access/permissions";
import { tellAccess } from "../access/tell-access";
import type { Actor } from "../context";
import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { type RecordedStep, verb } from "../verb";
import { lockAccount, ownersOf } from "./lock";
import { assertStaysOwned, givesUpOwnership } from "./rules";
import { membershipOf } from "./save-member";

const memberId = uuid;

/** A member of an account that the reader owns, and whether nobody else owns it. @throws NotFound */
export const findOwnMember = query({
  may: "account.readOwn",
  input: z.object({ memberId }),

  async run({ db, actor }, { memberId: id }) {
    const [found] = await db
      .select({
        account: {
          ...{ id: accounts.id, name: accounts.name, uin: accounts.uin },
          syncRevision: accounts.syncRevision,
        },
        member: { id: members.id, userId: members.userId, role: members.role },
        name: users.name,
        email: users.email,
      })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .innerJoin(accounts, eq(accounts.id, members.accountId))
      .where(and(eq(members.id, id), isNull(members.leftAt)));
    if (!found || !owns(actor, found.account.id)) throw new NotFound("errors.notFound");
    const owners = await db
      .select({ id: members.id })
      .from(members)
      .where(
        and(
          eq(members.accountId, found.account.id),
          eq(members.role, "owner"),
          isNull(members.leftAt),
        ),
      );
    const isLastOwner = owners.length === 1 && owners[0]?.id === id;
    return { ...found, isLastOwner };
  },
});

/**
 * Gives a member of one's own account another role; also one's own, where another owner stays.
 * @throws NotFound, Conflict (the last owner; a closed account)
 */
export const changeOwnMember = verb({
  may: "member.manageOwn",
  input: z.object({
    memberId,
    role: z.enum(MEMBER_ROLES, { error: "errors.field.required" }),
  }),

  async run(step, { memberId: id, role }) {
    const { account, member } = await lockOwnMember(step, id);
    if (member.role === role) return step.unchanged();
    if (givesUpOwnership(member.role, role))
      assertStaysOwned(await ownersOf(step.tx, account.id), id);
    await giveRole(step, { account, member, role });
  },
});

/** Ends a membership of one's own account. @throws NotFound, Conflict (the last owner) */
export const removeOwnMember = verb({
  may: "member.manageOwn",
  input: z.object({ memberId }),

  async run(step, { memberId: id }) {
    const { account, member } = await lockOwnMember(step, id);
    assertStaysOwned(await ownersOf(step.tx, account.id), id);
    await step.tx.update(members).set({ leftAt: step.now }).where(eq(members.id, id));
    await step.record("member.removed", {
      id,
      before: membershipOf(member),
      after: membershipOf({ ...member, leftAt: step.now }),
    });
    await tell(step, { account, member, event: "member_removed" });
  },
});

type Account = { id: string; name: string; uin: string };
type Member = typeof members.$inferSelect;

const owns = (actor: Actor, accountId: string): boolean =>
  person(actor).memberships.some((one) => one.accountId === accountId && one.role === "owner");

/**
 * A member and the actor's own membership, with the account locked: whoever lost the ownership at the
 * same moment decides nothing more. @throws NotFound, Conflict
 */
export async function lockOwnMember({ tx, actor }: RecordedStep, id: string) {
  const [seen] = await tx.select().from(members).where(eq(members.id, id));
  if (!seen) throw new NotFound("errors.notFound");
  const { account, own } = await lockOwnAccount(tx, actor, seen.accountId);
  const [member] = await tx
    .select()
    .from(members)
    .where(and(eq(members.id, id), isNull(members.leftAt)));
  if (!member) throw new NotFound("errors.notFound");
  return { account, member, own };
}

/** An account that the actor owns, now, locked until the transaction ends. @throws NotFound, Conflict */
export async function lockOwnAccount(tx: Tx, actor: Actor, accountId: string) {
  if (!owns(actor, accountId)) throw new NotFound("errors.notFound");
  const account = await lockAccount(tx, accountId);
  const [own] = await tx
    .select()
    .from(members)
    .where(
      and(
        ...[eq(members.accountId, accountId), eq(members.userId, person(actor).id)],
        ...[eq(members.role, "owner"), isNull(members.leftAt)],
      ),
    );
  if (!own) throw new NotFound("errors.notFound");
  return { account, own };
}

type Giving = { account: Account; member: Member; role: MemberRole };

export async function giveRole(
  step: RecordedStep,
  { account, member, role }: Giving,
): Promise<void> {
  await step.tx.update(members).set({ role }).where(eq(members.id, member.id));
  const after = { ...member, role };
  await step.record("member.saved", {
    id: member.id,
    before: membershipOf(member),
    after: { ...membershipOf(after), renamed: false },
  });
  await tell(step, { account, member: after, event: "member_changed" });
}

type News = { account: Account; member: Member; event: AccessUpdate };

const tell = (step: RecordedStep, { account, member, event }: News): Promise<void> =>
  tellAccess(step, {
    ...{ event, subjectId: account.id, userIds: [member.userId], account },
    ...(event === "member_changed" && { memberRole: member.role }),
  });
