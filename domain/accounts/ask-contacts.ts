import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { CONTACT_KINDS } from "@/db/vocabulary/accounts";

import { startBroadcast } from "../broadcasts/start";
import { uuid } from "../input";
import { query } from "../query";
import { countColumn, idRow, momentColumn, readRows } from "../rows";
import { verb } from "../verb";
import { lockAccount } from "./lock";

/** So many accounts are asked in one run: a portal that is new to it does not write to everybody at once. */
const AT_ONCE = 500;

const days = (count: number) => sql`make_interval(days => ${count}::int)`;
/** An answer holds for a year; who has given none within a fortnight is reminded, once, unless a month too late. */
const [YEAR, REMINDED_AFTER, FORGOTTEN_AFTER] = [days(365), days(14), days(44)];

const dueRow = z.object({
  accountId: z.string(),
  isReminder: z.boolean(),
  answeredAt: momentColumn,
});

/**
 * The accounts whose owners are to be asked whether their contacts are right still: nobody has looked through
 * them, confirmed one or been asked for a year; or they were asked a fortnight ago, and nobody has answered.
 */
function due(db: Db | Tx, { now, which }: { now: Date; which: SQL }) {
  const at = sql`${now.toISOString()}::timestamptz`;
  return readRows(db, dueRow)`
    select a.id as "accountId", coalesce(asked.at > ${at} - ${YEAR}, false) as "isReminder",
      answered.at as "answeredAt"
    from accounts a
    cross join lateral (
      select greatest(a.created_at, a.contacts_checked_at, (
        select max(k.verified_at) from contacts k where k.account_id = a.id and k.removed_at is null
      )) as at
    ) answered
    left join lateral (
      select b.started_at as at, (b.facts ->> 'isReminder')::boolean as was_reminder
      from broadcasts b where b.subject_id = a.id and b.kind = 'contacts_check'
      order by b.started_at desc limit 1
    ) asked on true
    where a.closed_at is null and ${which} and exists (
      select from members m where m.account_id = a.id and m.role = 'owner' and m.left_at is null
    ) and case
      when asked.at is null or asked.at <= ${at} - ${YEAR} then answered.at <= ${at} - ${YEAR}
      else not asked.was_reminder and answered.at < asked.at
        and asked.at <= ${at} - ${REMINDED_AFTER} and asked.at > ${at} - ${FORGOTTEN_AFTER} end
    order by answered.at, a.id limit ${AT_ONCE}`;
}

export const listContactsToAsk = query({
  may: "contact.ask",
  input: z.object({}),

  async run({ db, now }) {
    const rows = await due(db, { now, which: sql`true` });
    return rows.map(({ accountId }) => ({ accountId }));
  },
});

const kindRow = z.object({ kind: z.enum(CONTACT_KINDS), count: countColumn });

/**
 * Asks the owners of an account, by mail and message, whether its contacts are right still. It names nobody: how
 * many there are of each kind, and the page that names them. Nothing where it is not due, or asked already.
 */
export const askContacts = verb({
  may: "contact.ask",
  input: z.object({ accountId: uuid }),

  async run(step, { accountId }) {
    const { tx, now, record, unchanged } = step;
    // Of two workers the second waits here, and finds that the first has asked.
    const { name: accountName, uin } = await lockAccount(tx, accountId);
    const [one] = await due(tx, { now, which: sql`a.id = ${accountId}` });
    if (!one) return unchanged(undefined);
    const { isReminder, answeredAt } = one;
    const owners = await readRows(tx, idRow)`
      select user_id as id from members
      where account_id = ${accountId} and role = 'owner' and left_at is null`;
    const kinds = await readRows(tx, kindRow)`
      select kind, count(*) as count from contacts
      where account_id = ${accountId} and verified_at is not null and removed_at is null group by kind`;
    const countOf = (kind: (typeof CONTACT_KINDS)[number]) =>
      kinds.find((row) => row.kind === kind)?.count ?? 0;
    const { id: broadcastId, people } = await startBroadcast(step, {
      kind: "contacts_check",
      subjectId: accountId,
      facts: {
        ...{ accountId, accountName, uin, isReminder },
        contacts: CONTACT_KINDS.map((kind) => ({ kind, count: countOf(kind) })),
        lastAt: answeredAt.toISOString(),
      },
      audience: { userIds: owners.map(({ id }) => id), accountId },
    });
    await record("account.contacts_asked", {
      id: accountId,
      after: { broadcastId, people, isReminder },
    });
  },
});
