import { type SQL, sql } from "drizzle-orm";

import { OPEN_STATUSES, TOLD_STATUSES } from "./delivery-status";

type Of = { broadcastId: SQL; accountId: SQL };

/** Whether somebody of the account got the broadcast's mail, or has read its in-site message. */
export const isReached = (of: Of): SQL => hasPersonWith(of, TOLD_STATUSES);

/** The same, or a mail to somebody of the account is still on its way. */
export const mayBeReached = (of: Of): SQL =>
  hasPersonWith(of, [...TOLD_STATUSES, ...OPEN_STATUSES]);

/** Everybody who is or was of the account counts: they were when they were told. */
function hasPersonWith({ broadcastId, accountId }: Of, statuses: readonly string[]): SQL {
  return sql`exists (
    select from (
      select user_id from members where account_id = ${accountId}
      union select user_id from contacts where account_id = ${accountId}
    ) as person
    join deliveries o on o.broadcast_id = ${broadcastId} and o.user_id = person.user_id
    where (o.channel = 'email' and o.status = any(${sql.param([...statuses])}::text[]))
      or (o.channel = 'inbox' and o.read_at is not null)
  )`;
}
