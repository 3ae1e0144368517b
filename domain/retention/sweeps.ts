import { type SQL, sql } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { CLOSED_REQUEST_STATUSES } from "@/db/vocabulary/requests";
import type { PurgedKind } from "@/db/vocabulary/retention";
import { seal } from "@/lib/seal";

import { readRows } from "../rows";
import { eraseSettledAddresses } from "./erase-addresses";
import { erasePeople, eraseWaysIn, leaverRow } from "./erase-people";

/** How one kind is found and goes, in small steps. */
export type Sweep = {
  /** A statement that selects as `key` what had ended before a moment. */
  due: (before: SQL) => SQL;
  /** Removes or empties these. */
  remove: (tx: Tx, keys: readonly string[], now: Date) => Promise<unknown>;
};

const uuids = (keys: readonly string[]): SQL => sql`${sql.param([...keys])}::uuid[]`;

/** Rows that are deleted, by their id and the moment from which their period runs. */
const rowsOf = (table: string, since: string, which = "true"): Sweep => ({
  due: (before) =>
    sql`select id::text as key from ${sql.identifier(table)}
      where ${sql.raw(since)} < ${before} and ${sql.raw(which)}`,
  async remove(tx, keys) {
    await tx.execute(sql`delete from ${sql.identifier(table)} where id = any(${uuids(keys)})`);
  },
});

/** Two tables of one kind; a key says of which it is. */
const bothOf = (first: Sweep, second: Sweep): Sweep => ({
  due: (before) => sql`
    select '1' || key as key from (${first.due(before)}) as one
    union all select '2' || key from (${second.due(before)}) as two`,
  async remove(tx, keys, now) {
    const of = (mark: string) =>
      keys.filter((key) => key.startsWith(mark)).map((key) => key.slice(1));
    await first.remove(tx, of("1"), now);
    await second.remove(tx, of("2"), now);
  },
});

/** Of a closed request that ended before a moment, and that no hold names. */
const closedBefore = (kind: PurgedKind, before: SQL): SQL => sql`
  r.status = any(${sql.param([...CLOSED_REQUEST_STATUSES])}::text[])
  and coalesce((select max(e.at) from request_events e where e.request_id = r.id), r.logged_at)
    < ${before}
  and not exists (
    select from retention_holds h
    where h.kind = ${kind} and h.lifted_at is null and h.request_number = r.number
  )`;

/** The requests of those texts become what their number, kind and moments say of nobody. */
async function eraseTexts(tx: Tx, keys: readonly string[], now: Date): Promise<void> {
  const nothing = (context: Parameters<typeof seal>[1]) => seal("", context);
  await tx.execute(sql`
    delete from request_files where message_id in (
      select id from request_messages where request_id = any(${uuids(keys)}))`);
  await tx.execute(sql`delete from request_messages where request_id = any(${uuids(keys)})`);
  // Whoever has a receipt can try identifiers on its hashes: they go with what they were made of.
  for (const table of [sql`user_results`, sql`user_deletions`])
    await tx.execute(sql`
      delete from ${table} where disposal_id in (
        select id from disposals where request_id = any(${uuids(keys)}))`);
  await tx.execute(sql`
    update requests set facts = ${nothing("request.facts")}, subjects = null, details = null,
      reply_to = null, app_name = null,
      stop_words = case when stop_words is not null then ${nothing("request.stop")}::bytea end,
      texts_erased_at = ${now.toISOString()}::timestamptz
    where id = any(${uuids(keys)})`);
}

async function eraseLonePeople(tx: Tx, keys: readonly string[], now: Date): Promise<void> {
  const leavers = await readRows(tx, leaverRow)`
    select id, email from users where id = any(${uuids(keys)}) order by id for update`;
  await eraseWaysIn(tx, leavers);
  await tx.execute(sql`
    update deliveries set status = 'cancelled', settled_at = ${now.toISOString()}::timestamptz
    where user_id = any(${uuids(keys)}) and channel = 'email' and status = 'queued'
      and batch_id is null`);
  await erasePeople(tx, { leavers, now });
}

/** Somebody with an address and nothing else here: no account, no office, no subscription, no request that still has its texts. */
const LONE = `erased_at is null and not exists (
    select from members m join accounts a on a.id = m.account_id
    where m.user_id = users.id and (m.left_at is null or a.closed_at is null))
  and not exists (
    select from contacts k join accounts a on a.id = k.account_id
    where k.user_id = users.id and (k.removed_at is null or a.closed_at is null))
  and not exists (select from staff_roles s where s.user_id = users.id)
  and not exists (select from admin_proposals p where users.id in (p.user_id, p.proposed_by))
  and not exists (select from sessions s where s.user_id = users.id)
  and not exists (select from subscriptions s where s.user_id = users.id)
  and not exists (select from request_drafts d where d.owner_id = users.id)
  and not exists (
    select from requests r where r.requester_id = users.id and r.texts_erased_at is null)`;

/** One way for each kind of `PERIODS`. */
export const SWEEPS: Record<PurgedKind, Sweep> = {
  sign_in_asks: bothOf(
    // A link says that it has ended for as long as its mail is known.
    rowsOf("sign_in_requests", "greatest(requested_at, expires_at)"),
    bothOf(
      bothOf(rowsOf("sign_in_failures", "at"), rowsOf("factor_failures", "at")),
      rowsOf("number_checks", "requested_at"),
    ),
  ),
  sessions: rowsOf("sessions", "expires_at"),
  confirmations: rowsOf("contact_confirmations", "expires_at"),
  invitations: rowsOf("member_invitations", "expires_at"),
  security_records: bothOf(rowsOf("security_events", "at"), rowsOf("security_alarms", "raised_at")),
  request_drafts: {
    due: (before) => sql`select id::text as key from request_drafts where updated_at < ${before}`,
    async remove(tx, keys) {
      await tx.execute(sql`delete from request_files where draft_id = any(${uuids(keys)})`);
      await tx.execute(sql`delete from request_drafts where id = any(${uuids(keys)})`);
    },
  },
  proof_files: {
    due: (before) => sql`
      select f.id::text as key from request_files f join requests r on r.id = f.request_id
      where ${closedBefore("proof_files", before)}`,
    async remove(tx, keys) {
      await tx.execute(sql`delete from request_files where id = any(${uuids(keys)})`);
    },
  },
  case_texts: {
    due: (before) => sql`
      select r.id::text as key from requests r
      where r.texts_erased_at is null and ${closedBefore("case_texts", before)}`,
    remove: eraseTexts,
  },
  ticket_links: rowsOf("ticket_links", "expires_at"),
  bulk_lines: {
    due: (before) => sql`select id::text as key from account_syncs where created_at < ${before}`,
    async remove(tx, keys) {
      await tx.execute(sql`delete from account_syncs where id = any(${uuids(keys)})`);
    },
  },
  delivery_addresses: {
    due: (before) => sql`
      select d.id::text as key from broadcasts b join deliveries d on d.broadcast_id = b.id
      left join mail_batches m on m.id = d.batch_id
      where b.started_at < ${before} and d.address is not null and d.status <> 'queued'
        and (m.id is null or m.status <> 'frozen')`,
    remove: (tx, keys) => eraseSettledAddresses(tx, sql`d.id = any(${uuids(keys)})`),
  },
  lone_people: {
    ...rowsOf("users", "created_at", LONE),
    remove: eraseLonePeople,
  },
};
