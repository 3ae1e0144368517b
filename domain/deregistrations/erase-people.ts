import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import {
  apps,
  askMessages,
  askTasks,
  askWaivers,
  contacts,
  memberInvitations,
  members,
  sessions,
  suppressions,
  unreachedAccounts,
} from "@/db/schema";

import { eraseEntries } from "../audit/erase-entries";
import { endEndpoints } from "../broadcasts/end-endpoint";
import { holdPreparing } from "../broadcasts/prepare";
import { idRow, readRows } from "../rows";
import { codeOf, type Leaver } from "../retention/erase-people";
import type { RecordedStep } from "../verb";

/** Ends what opens the account, for everybody, and every session of who has no other place here. */
export async function endAccess(
  tx: Tx,
  { accountId, leavers, now }: { accountId: string; leavers: readonly Leaver[]; now: Date },
) {
  const ids = leavers.map(({ id }) => id);
  const left = await tx
    .update(members)
    .set({ leftAt: now })
    .where(and(eq(members.accountId, accountId), isNull(members.leftAt)))
    .returning({ id: members.id });
  const removed = await tx
    .update(contacts)
    .set({ removedAt: now })
    .where(and(eq(contacts.accountId, accountId), isNull(contacts.removedAt)))
    .returning({ id: contacts.id });
  // What the account called its contacts goes with it, whoever they are elsewhere.
  await tx
    .update(contacts)
    .set({ name: codeOf(sql`user_id`) })
    .where(eq(contacts.accountId, accountId));
  await tx.delete(memberInvitations).where(eq(memberInvitations.accountId, accountId));
  await endEndpoints(tx, { where: sql`e.account_id = ${accountId}`, reason: "deregistered", now });
  const closed = await tx
    .update(apps)
    .set({ closedAt: now })
    .where(and(eq(apps.accountId, accountId), isNull(apps.closedAt)))
    .returning({ id: apps.id });
  const ended = await tx
    .delete(sessions)
    .where(inArray(sessions.userId, ids))
    .returning({ userId: sessions.userId });
  return {
    memberships: left.length,
    contacts: removed.length,
    apps: closed.length,
    sessions: ended.length,
  };
}

/**
 * Puts a code in the place of names in the account's answers, in the facts of their receipts, and
 * drops the rendered receipts. @returns how many answers
 */
export async function codeAnswers(
  tx: Tx,
  { accountId, leavers }: { accountId: string; leavers: readonly Leaver[] },
): Promise<number> {
  const ids = sql`${sql.param(leavers.map(({ id }) => id))}::uuid[]`;
  const coded = await readRows(tx, idRow)`
    update policy_acknowledgements k set person_name = ${codeOf(sql`k.user_id`)}, user_agent = null,
      network = null, visit_salt = null
    where k.account_id = ${accountId} and k.user_id = any(${ids})
    returning k.id`;
  const answers = sql`${sql.param(coded.map(({ id }) => id))}::uuid[]`;
  await tx.execute(sql`
    delete from broadcast_mails where broadcast_id in (
      select id from broadcasts where kind = 'acknowledgement_receipt' and subject_id = any(${answers})
    )`);
  await tx.execute(sql`
    update broadcasts b
    set facts = jsonb_set(b.facts, '{personName}', to_jsonb(${codeOf(sql`k.user_id`)}))
    from policy_acknowledgements k
    where b.kind = 'acknowledgement_receipt' and b.subject_id = k.id and k.id = any(${answers})`);
  return coded.length;
}

/** Stops what has not left yet: mails that wait for who leaves and are in no batch, or are still to be written. */
export async function cancelWaitingMails(
  tx: Tx,
  { leavers, now }: { leavers: readonly Leaver[]; now: Date },
): Promise<void> {
  await holdPreparing(tx);
  await tx.execute(sql`
    update deliveries set status = 'cancelled', settled_at = ${now.toISOString()}::timestamptz
    where user_id = any(${sql.param(leavers.map(({ id }) => id))}::uuid[])
      and address is not null and channel = 'email' and status = 'queued' and batch_id is null`);
}

type Noted = { accountId: string; number: string; leavers: readonly Leaver[] };

/**
 * Nobody tries any longer to reach an account that has gone or to hear its answer. What was noted about
 * it and its people in free words goes with it, and what its endpoints were called: the number of the
 * certificate stands in its place.
 */
export async function eraseNotes(step: RecordedStep, noted: Noted): Promise<void> {
  const { tx, now } = step;
  const { accountId, number } = noted;
  const settledAt = sql`coalesce(settled_at, ${now.toISOString()}::timestamptz)`;
  await tx
    .update(unreachedAccounts)
    .set({ note: number, settledAt })
    .where(eq(unreachedAccounts.accountId, accountId));
  await tx.execute(sql`
    delete from call_tries where call_id in (select id from calls where account_id = ${accountId})`);
  await tx.execute(sql`delete from calls where account_id = ${accountId}`);
  await tx.execute(sql`delete from account_reach where account_id = ${accountId}`);
  await tx.update(askTasks).set({ note: null, settledAt }).where(eq(askTasks.accountId, accountId));
  await tx.update(askWaivers).set({ reason: number }).where(eq(askWaivers.accountId, accountId));
  await tx.delete(askMessages).where(eq(askMessages.accountId, accountId));
  await eraseEndpointWords(step, noted);
  await eraseEntries(step, { number, seqs: await notedOnRecord(tx, noted) });
}

/** What its people called an endpoint or a token, where it was, and what its receiver said; no token opens anything any more. */
async function eraseEndpointWords(
  { tx, now }: RecordedStep,
  { accountId, number }: Noted,
): Promise<void> {
  const own = sql`select id from endpoints where account_id = ${accountId}`;
  await tx.execute(sql`
    update endpoints set name = ${number}, host = '' where account_id = ${accountId}`);
  await tx.execute(sql`
    update api_tokens set name = ${number}, revoked_at = coalesce(revoked_at, ${now.toISOString()}::timestamptz)
    where account_id = ${accountId}`);
  await tx.execute(sql`
    update dispatch_attempts set detail = null
    where dispatch_id in (select id from dispatches where endpoint_id in (${own}))`);
  await tx.execute(sql`
    update dispatches set reason = null where status <> 'queued' and endpoint_id in (${own})`);
}

const notedRow = z.object({ seq: z.coerce.number() });

/** The entries in which staff said something of the account, its leavers or their addresses in their own words. */
async function notedOnRecord(tx: Tx, { accountId, leavers }: Noted): Promise<number[]> {
  const ids = sql`${sql.param(leavers.map(({ id }) => id))}::text[]`;
  const emails = sql`${sql.param(leavers.map(({ email }) => email))}::text[]`;
  const rows = await readRows(tx, notedRow)`
    select seq from audit_entries
    where coalesce(after ->> 'note', after ->> 'reason') is not null and (
      subject_id = ${accountId} and action in ('unreached.settled', 'call.tried', 'ask.waived')
      or after ->> 'accountId' = ${accountId} and action = 'deregistration.paused'
      or subject_id = any(${ids}) and action in ('person.reset_factors', 'person.ended_sessions_of')
      or action = 'suppression.lifted' and subject_id in (
        select suppression_id::text from suppression_lifts where address = any(${emails})))`;
  return rows.map(({ seq }) => seq);
}

/** How many of the addresses are on the list of those no mail goes to. */
export const countSuppressions = (tx: Tx, leavers: readonly Leaver[]): Promise<number> =>
  tx.$count(
    suppressions,
    inArray(
      suppressions.address,
      leavers.map(({ email }) => email),
    ),
  );
