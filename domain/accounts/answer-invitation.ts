import { and, asc, eq } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import {
  type Account as AccountRow,
  accounts,
  type Member,
  memberInvitations,
  members,
  users,
} from "@/db/schema";
import type { MemberRole } from "@/db/vocabulary/access";

import { person } from "../access/permissions";
import { tellAccess } from "../access/tell-access";
import type { Actor } from "../context";
import { Conflict } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { type RecordedStep, verb } from "../verb";
import { endInvitation, stands } from "./invitations";
import { lockAccount } from "./lock";
import { giveRole } from "./own-members";
import { membershipOf } from "./save-member";

type Account = Pick<AccountRow, "id" | "name" | "uin">;

const answer = z.object({ invitationId: uuid });

/** The invitations to the address that the reader signs in with: no more of an account than its name. */
export const listInvitationsToMe = query({
  may: "invitation.answer",
  input: z.object({}),

  run: ({ db, actor, now }) =>
    toMe(db, actor, now).orderBy(asc(accounts.name), asc(memberInvitations.id)).limit(MOST_SHOWN),
});

const MOST_SHOWN = 50;

/**
 * Becomes a member in the role of the invitation; who came in another way meanwhile keeps their role.
 * @returns whether it was the ownership that was taken over
 * @throws Conflict where the invitation stands no more
 */
export const acceptInvitation = verb({
  may: "invitation.answer",
  input: answer,

  async run(step, { invitationId }) {
    const { id, accountId, role, keeps, invitedBy, account } = await lockAnswer(step, invitationId);
    const userId = person(step.actor).id;
    await endInvitation(step, id);
    await step.record("invitation.accepted", { id: accountId, after: { invitationId: id, role } });
    const there = await findMembership(step.tx, { accountId, userId });
    if (keeps) {
      await takeOver(step, { account, there, invitedBy, keeps });
      return { tookOver: true };
    }
    if (there && !there.leftAt) return { tookOver: false };
    const joined = { role, joinedAt: step.now, leftAt: null };
    const [member] = await step.tx
      .insert(members)
      .values({ accountId, userId, ...joined })
      .onConflictDoUpdate({ target: [members.accountId, members.userId], set: joined })
      .returning();
    if (!member) throw new Error("the member row was not written");
    await step.record("member.saved", {
      id: member.id,
      before: there && membershipOf(there),
      after: { ...membershipOf(member), renamed: false },
    });
    await tellAccess(step, {
      ...{ event: "invitation_accepted", subjectId: accountId, userIds: [invitedBy], account },
      memberRole: role,
    });
    return { tookOver: false };
  },
});

type TakeOver = {
  account: Account;
  there: Member | undefined;
  invitedBy: string;
  keeps: MemberRole;
};

/** Two roles in one act, so that the account has an owner all the time; both are told. */
async function takeOver(step: RecordedStep, { account, there, invitedBy, keeps }: TakeOver) {
  const giver = await findMembership(step.tx, { accountId: account.id, userId: invitedBy });
  if (!there || !giver) throw new Conflict("accounts.errors.invitationEnded");
  if (there.role !== "owner") await giveRole(step, { account, member: there, role: "owner" });
  await giveRole(step, { account, member: giver, role: keeps });
}

/** Says no, of which who invited is told; the account may invite again. @throws Conflict */
export const declineInvitation = verb({
  may: "invitation.answer",
  input: answer,

  async run(step, { invitationId }) {
    const { id, accountId, role, invitedBy, account } = await lockAnswer(step, invitationId);
    await endInvitation(step, id);
    await step.record("invitation.declined", { id: accountId, after: { invitationId: id, role } });
    await tellAccess(step, {
      ...{ event: "invitation_declined", subjectId: accountId, userIds: [invitedBy], account },
      memberRole: role,
    });
  },
});

/** Only what was sent to the address that the actor has now: a former one opens nothing. */
const toMe = (db: Db | Tx, actor: Actor, now: Date) =>
  db
    .select({
      id: memberInvitations.id,
      accountId: memberInvitations.accountId,
      role: memberInvitations.role,
      keeps: memberInvitations.keeps,
      invitedBy: memberInvitations.invitedBy,
      expiresAt: memberInvitations.expiresAt,
      account: { id: accounts.id, name: accounts.name, uin: accounts.uin },
    })
    .from(memberInvitations)
    .innerJoin(accounts, eq(accounts.id, memberInvitations.accountId))
    .innerJoin(users, eq(users.email, memberInvitations.email))
    .where(and(eq(users.id, person(actor).id), stands(db, now)))
    .$dynamic();

/** An invitation to the actor that stands, with its account locked. @throws Conflict */
async function lockAnswer({ tx, actor, now }: RecordedStep, id: string) {
  const find = async () => {
    const rows = await toMe(tx, actor, now);
    return rows.find((one) => one.id === id);
  };
  const seen = await find();
  if (seen) await lockAccount(tx, seen.accountId);
  const invitation = seen && (await find());
  if (!invitation) throw new Conflict("accounts.errors.invitationEnded");
  return invitation;
}

async function findMembership(tx: Tx, of: { accountId: string; userId: string }) {
  const [member] = await tx
    .select()
    .from(members)
    .where(and(eq(members.accountId, of.accountId), eq(members.userId, of.userId)));
  return member;
}
