import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { DELIVERY_STATUSES } from "@/db/vocabulary/broadcasts";
import { DISPATCH_STATUSES, ENDPOINT_CHANNELS } from "@/db/vocabulary/endpoints";

import { momentColumn, readRows } from "../rows";

const mailRow = z.object({
  ...{ broadcastId: z.string(), accountId: z.string(), userId: z.string(), name: z.string() },
  address: z.string().nullable(),
  status: z.enum(DELIVERY_STATUSES),
  ...{ reason: z.string().nullable(), at: momentColumn, readAt: momentColumn.nullable() },
  isFallback: z.boolean(),
});
const postRow = z.object({
  ...{ id: z.string(), broadcastId: z.string(), accountId: z.string() },
  /** Of a person's browser or number the person, else what the account calls the endpoint. */
  name: z.string(),
  channel: z.enum(ENDPOINT_CHANNELS),
  /** Of a number its last digits. */
  address: z.string(),
  status: z.enum(DISPATCH_STATUSES),
  ...{ reason: z.string().nullable(), at: momentColumn },
  /** Posted when nobody had acted for hours, after the others. */
  isFallback: z.boolean(),
});
type Mail = z.output<typeof mailRow> & { channel: "email" };
type Post = z.output<typeof postRow>;

/** What went out by itself to an account: by which channel, to whom, when, with which result. */
export type Tried = Mail | Post;
type Named = { broadcastId: string; accountId: string };

/** All that was tried for each of these accounts, each mail and post, in order. */
export async function triesOf(db: Db | Tx, of: readonly Named[]): Promise<(one: Named) => Tried[]> {
  const ids = (id: (one: Named) => string) => sql`${sql.param(of.map(id))}::uuid[]`;
  const task = sql`task as (
    select distinct * from unnest(${ids((one) => one.broadcastId)}, ${ids((one) => one.accountId)})
      as t(broadcast_id, account_id))`;
  const mails = await readRows(db, mailRow)`
    with ${task}, person as (
      select t.broadcast_id, t.account_id, m.user_id from task t join members m on m.account_id = t.account_id
      union
      select t.broadcast_id, t.account_id, k.user_id from task t join contacts k on k.account_id = t.account_id
    )
    select p.broadcast_id as "broadcastId", p.account_id as "accountId", p.user_id as "userId",
      u.name, d.address, d.status, d.reason, i.read_at as "readAt",
      coalesce(d.settled_at, d.sent_at, d.created_at) as at, d.fallback_of is not null as "isFallback"
    from person p
    join users u on u.id = p.user_id
    join deliveries d
      on d.broadcast_id = p.broadcast_id and d.user_id = p.user_id and d.channel = 'email'
    left join deliveries i
      on i.broadcast_id = p.broadcast_id and i.user_id = p.user_id and i.channel = 'inbox'
    order by d.created_at, d.settled_at, d.id`;
  const posts = await readRows(db, postRow)`
    with ${task}
    select p.id, t.broadcast_id as "broadcastId", t.account_id as "accountId", e.channel,
      coalesce(u.name, e.name) as name, e.host as address, p.status, p.reason,
      coalesce(p.settled_at, p.created_at) as at,
      p.created_at >= (
        select min(s.taken_at) from notice_escalations s where s.broadcast_id = t.broadcast_id
      ) is true as "isFallback"
    from task t
    join dispatches p on p.broadcast_id = t.broadcast_id
    join endpoints e on e.id = p.endpoint_id
    left join users u on u.id = e.user_id
    where e.account_id = t.account_id or exists (
      select from deliveries d
      where d.broadcast_id = t.broadcast_id and d.user_id = e.user_id and d.account_ids @> array[t.account_id])
    order by p.created_at, e.channel, p.id`;
  const all: Tried[] = [...mails.map((mail) => ({ ...mail, channel: "email" as const })), ...posts];
  return ({ broadcastId, accountId }) =>
    all.filter((one) => one.broadcastId === broadcastId && one.accountId === accountId);
}
