import { and, asc, eq, exists, gt, isNull, or, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { accounts, memberInvitations, members, users } from "@/db/schema";
import { MEMBER_ROLES, type MemberRole } from "@/db/vocabulary/access";
import type { Locale } from "@/db/vocabulary/languages";
import { inboxOf } from "@/lib/email-address";

import { person } from "../access/permissions";
import { Conflict, Invalid, NotFound } from "../errors";
import { uuid } from "../input";
import { wakeJob } from "../jobs";
import { query } from "../query";
import { type RecordedStep, verb } from "../verb";
import { memberInput } from "./input";
import { lockOwnAccount, lockOwnMember } from "./own-members";
import { INVITATION_DAYS, MOST_INVITATIONS } from "./rules";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Invitation mails within a day to one mailbox, whoever invites it, and from one account. */
const MOST_PER_INBOX = 5;
const MOST_PER_ACCOUNT = 50;

/**
 * Invites an address to be a member of one's own account; it is a member once it has accepted. Who has
 * the address is neither looked at nor told, so the answer is the same for everybody.
 * @throws Invalid (a member or invited already; too many), Conflict (too many mails), NotFound
 */
export const inviteMember = verb({
  may: "member.manageOwn",
  input: memberInput.pick({ accountId: true, email: true, role: true, locale: true }),

  async run(step, invited) {
    await lockOwnAccount(step.tx, step.actor, invited.accountId);
    await assertNoMember(step.tx, invited);
    return send(step, invited);
  },
});

/**
 * Offers the ownership to another member; it is theirs once they accept, and who offers it is from
 * then on what they chose to keep. It ends where either of them is no longer what they were.
 * @throws NotFound, Invalid (offered already), Conflict (too many mails)
 */
export const handOverOwnership = verb({
  may: "member.manageOwn",
  input: z.object({ memberId: uuid, keeps: z.enum(MEMBER_ROLES).exclude(["owner"]) }),

  async run(step, { memberId, keeps }) {
    const { account, member, own } = await lockOwnMember(step, memberId);
    if (own.id === memberId) throw new NotFound("errors.notFound");
    const [receiver] = await step.tx.select().from(users).where(eq(users.id, member.userId));
    if (!receiver) throw new NotFound("errors.notFound");
    const { email, locale } = receiver;
    return send(step, { accountId: account.id, email, locale, role: "owner", keeps });
  },
});

type Sending = Place & { role: MemberRole; keeps?: MemberRole; locale: Locale };

/** Writes an invitation and has it mailed, with the account locked. @throws Invalid, Conflict */
async function send(step: RecordedStep, invited: Sending) {
  const { tx, actor, now, record } = step;
  const { accountId, email, role, keeps } = invited;
  await assertRoom(tx, invited);
  const inbox = inboxOf(email);
  await assertMayMail(step, { accountId, inbox });
  const [invitation] = await tx
    .insert(memberInvitations)
    .values({ ...invited, inbox, invitedBy: person(actor).id, invitedAt: now, ...mailedAt(now) })
    .returning({ id: memberInvitations.id });
  if (!invitation) throw new Error("the invitation was not written");
  const { id } = invitation;
  await wakeJob(tx, "mail-invitation", { payload: mailOf(id, now) });
  await record(keeps ? "invitation.handing_over" : "invitation.sent", {
    id: accountId,
    after: { invitationId: id, role },
  });
  return { id };
}

/** Mails an invitation again and lets it last anew, in the name of who sends it now. @throws NotFound, Conflict */
export const resendInvitation = verb({
  may: "member.manageOwn",
  input: z.object({ invitationId: uuid }),

  async run(step, { invitationId }) {
    const { tx, actor, now, record } = step;
    const { id, accountId, inbox, role, sentAt, sends } = await lockInvitation(step, invitationId);
    if (now.getTime() - sentAt.getTime() < MINUTE_MS)
      throw new Conflict("accounts.errors.invitedJustNow");
    await assertMayMail(step, { accountId, inbox });
    const isOfToday = now.getTime() - sentAt.getTime() < DAY_MS;
    await tx
      .update(memberInvitations)
      .set({
        ...{ ...mailedAt(now), invitedBy: person(actor).id },
        sends: isOfToday ? sends + 1 : 1,
      })
      .where(eq(memberInvitations.id, id));
    await wakeJob(tx, "mail-invitation", { payload: mailOf(id, now) });
    await record("invitation.mailed", { id: accountId, after: { invitationId: id, role } });
  },
});

/** Takes an invitation back; its link opens nothing any more. @throws NotFound */
export const withdrawInvitation = verb({
  may: "member.manageOwn",
  input: z.object({ invitationId: uuid }),

  async run(step, { invitationId }) {
    const { id, accountId, role } = await lockInvitation(step, invitationId);
    await endInvitation(step, id);
    await step.record("invitation.withdrawn", { id: accountId, after: { invitationId: id, role } });
  },
});

export const endInvitation = ({ tx, now }: Pick<RecordedStep, "tx" | "now">, id: string) =>
  tx.update(memberInvitations).set({ endedAt: now }).where(eq(memberInvitations.id, id));

/** What an invitation's mail needs; null once it stands no more. */
export const readInvitationMail = query({
  may: "contact.mail",
  input: z.object({ invitationId: z.uuid() }),

  async run({ db, now }, { invitationId }) {
    const [found] = await db
      .select({
        email: memberInvitations.email,
        locale: sql<"zh-CN" | "en">`coalesce(
          (select u.locale from users u where u.email = ${memberInvitations.email}),
          ${memberInvitations.locale})`,
        role: memberInvitations.role,
        keeps: memberInvitations.keeps,
        expiresAt: memberInvitations.expiresAt,
        accountName: accounts.name,
        uin: accounts.uin,
        invitedBy: users.name,
      })
      .from(memberInvitations)
      .innerJoin(accounts, eq(accounts.id, memberInvitations.accountId))
      .innerJoin(users, eq(users.id, memberInvitations.invitedBy))
      .where(and(eq(memberInvitations.id, invitationId), stands(db, now)));
    return found ?? null;
  },
});

/**
 * Neither ended nor expired, and who invites owns the account, which is open; of a hand-over also that
 * its receiver still is a member.
 */
export const stands = (db: Db | Tx, now: Date) =>
  and(
    isNull(memberInvitations.endedAt),
    gt(memberInvitations.expiresAt, now),
    or(
      isNull(memberInvitations.keeps),
      sql`exists (
        select from members r join users u on u.id = r.user_id
        where r.account_id = ${memberInvitations.accountId} and r.left_at is null
          and u.email = ${memberInvitations.email})`,
    ),
    exists(
      db
        .select({ id: members.id })
        .from(members)
        .innerJoin(accounts, eq(accounts.id, members.accountId))
        .where(
          and(
            eq(members.accountId, memberInvitations.accountId),
            eq(members.userId, memberInvitations.invitedBy),
            ...[eq(members.role, "owner"), isNull(members.leftAt), isNull(accounts.closedAt)],
          ),
        ),
    ),
  );

/** The invitations of some accounts that nobody has answered, the latest first, and whether they stand. */
export const invitationsOf = (db: Db | Tx, accountId: string, now: Date) =>
  db
    .select({
      id: memberInvitations.id,
      email: memberInvitations.email,
      role: memberInvitations.role,
      keeps: memberInvitations.keeps,
      sentAt: memberInvitations.sentAt,
      expiresAt: memberInvitations.expiresAt,
      isOpen: sql<boolean>`(${stands(db, now)})`,
    })
    .from(memberInvitations)
    .where(and(eq(memberInvitations.accountId, accountId), isNull(memberInvitations.endedAt)))
    .orderBy(asc(memberInvitations.email))
    .limit(MOST_INVITATIONS);

const mailOf = (invitationId: string, now: Date) => ({
  invitationId,
  mail: String(now.getTime()),
});

const mailedAt = (now: Date) => ({
  sentAt: now,
  expiresAt: new Date(now.getTime() + INVITATION_DAYS * DAY_MS),
});

/** An invitation of one's own account that nobody has answered, with the account locked. @throws NotFound, Conflict */
async function lockInvitation({ tx, actor }: RecordedStep, id: string) {
  const find = () =>
    tx
      .select()
      .from(memberInvitations)
      .where(and(eq(memberInvitations.id, id), isNull(memberInvitations.endedAt)));
  const [seen] = await find();
  if (!seen) throw new NotFound("errors.notFound");
  await lockOwnAccount(tx, actor, seen.accountId);
  const [invitation] = await find();
  if (!invitation) throw new NotFound("errors.notFound");
  return invitation;
}

type Place = { accountId: string; email: string };

/** What an owner sees anyway: who is a member of the account. @throws Invalid */
async function assertNoMember(tx: Tx, { accountId, email }: Place): Promise<void> {
  const here = and(eq(members.accountId, accountId), isNull(members.leftAt));
  const [member] = await tx
    .select({ id: members.id })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(here, eq(users.email, email)));
  if (member) throw new Invalid("errors.form", { email: ["accounts.errors.ownMemberKnown"] });
}

/** Nobody is invited twice, and so many at once. @throws Invalid, Conflict */
async function assertRoom(tx: Tx, { accountId, email }: Place): Promise<void> {
  const open = await tx
    .select({ email: memberInvitations.email })
    .from(memberInvitations)
    .where(and(eq(memberInvitations.accountId, accountId), isNull(memberInvitations.endedAt)));
  if (open.some((one) => one.email === email))
    throw new Invalid("errors.form", { email: ["accounts.errors.invitedAlready"] });
  if (open.length >= MOST_INVITATIONS)
    throw new Conflict("accounts.errors.tooManyInvitations", { count: MOST_INVITATIONS });
}

/** Those that have ended count too, so that inviting and withdrawing in turn floods nobody. @throws Conflict */
async function assertMayMail(
  { tx, now }: RecordedStep,
  { accountId, inbox }: { accountId: string; inbox: string },
): Promise<void> {
  const mails = await tx
    .select({
      accountId: memberInvitations.accountId,
      inbox: memberInvitations.inbox,
      sends: memberInvitations.sends,
    })
    .from(memberInvitations)
    .where(
      and(
        gt(memberInvitations.sentAt, new Date(now.getTime() - DAY_MS)),
        or(eq(memberInvitations.accountId, accountId), eq(memberInvitations.inbox, inbox)),
      ),
    );
  const count = (those: typeof mails) => those.reduce((sum, { sends }) => sum + sends, 0);
  if (count(mails.filter((mail) => mail.inbox === inbox)) >= MOST_PER_INBOX)
    throw new Conflict("accounts.errors.tooManyToAddress", { count: MOST_PER_INBOX });
  if (count(mails.filter((mail) => mail.accountId === accountId)) >= MOST_PER_ACCOUNT)
    throw new Conflict("accounts.errors.tooManyInvitationMails", { count: MOST_PER_ACCOUNT });
}
