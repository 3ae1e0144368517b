import { sql } from "drizzle-orm";

import type { Tx } from "@/db/client";

import { type Leaver, leaverRow } from "../retention/erase-people";
import { idRow, readRows } from "../rows";

/**
 * The people an account leaves without a place here: who are or were its members or contacts, and
 * now belong to no other account, are no staff, and await no answer to a request of their own. Their
 * rows stay locked, so that nobody makes one of them a member elsewhere meanwhile.
 * @returns them, and how many of its people stay because they belong elsewhere
 */
export async function findLeavers(
  tx: Tx,
  accountId: string,
): Promise<{ leavers: Leaver[]; staying: number }> {
  const known = await readRows(tx, leaverRow)`
    select u.id, u.email from users u
    where u.erased_at is null and u.id in (
      select user_id from members where account_id = ${accountId}
      union select user_id from contacts where account_id = ${accountId}
    )
    order by u.id
    for update`;
  const ids = sql`${sql.param(known.map(({ id }) => id))}::uuid[]`;
  // A statement of its own: it sees what others committed while the rows were waited for.
  const leaving = await readRows(tx, idRow)`
    select u.id from users u
    where u.id = any(${ids})
      and not exists (select from staff_roles s where s.user_id = u.id)
      and not exists (
        select from members m join accounts a on a.id = m.account_id and a.closed_at is null
        where m.user_id = u.id and m.account_id <> ${accountId} and m.left_at is null
      )
      and not exists (
        select from contacts k join accounts a on a.id = k.account_id and a.closed_at is null
        where k.user_id = u.id and k.account_id <> ${accountId} and k.removed_at is null
      )
      and not exists (
        select from requests r
        where r.requester_id = u.id and r.requester_kind <> 'developer'
      )`;
  const gone = new Set(leaving.map(({ id }) => id));
  const leavers = known.filter(({ id }) => gone.has(id));
  return { leavers, staying: known.length - leavers.length };
}
