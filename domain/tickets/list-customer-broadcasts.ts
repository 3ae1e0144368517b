import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import {
  BROADCAST_KINDS,
  DELIVERY_STATUSES,
  type DeliveryStatus,
} from "@/db/vocabulary/broadcasts";
import { maskEmail } from "@/lib/email-address";

import { readFactsAs } from "../broadcasts/facts";
import { pageInput, uuid } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";
import { momentColumn, readRows } from "../rows";

const PAGE = 8;
const NEWEST = [down("moment", sql`b.started_at`), down("uuid", sql`b.id`)];
/** People of one broadcast that are shown; the board has them all. */
const MOST_PEOPLE = 12;

export type CustomerBroadcast = Awaited<ReturnType<typeof listCustomerBroadcasts>>["rows"][number];
export type CustomerDelivery = CustomerBroadcast["people"][number];

/**
 * What a customer was told, the latest first, 8 a page: each broadcast with the people of the
 * account (or the one person), the address in part, what became of the mail and whether the in-site
 * message was read. What did not arrive stands first.
 */
export const listCustomerBroadcasts = query({
  may: "ticket.view",
  input: z.object({
    of: z.union([z.object({ accountId: uuid }), z.object({ userId: uuid })]),
    ...pageInput,
  }),

  async run({ db, actor }, { of, page }) {
    const customer = customerOf(of);
    const list = { keys: NEWEST, size: PAGE, page };
    const { rows: shown, ...turns } = await readPage(
      list,
      (slice) =>
        readRows(db, broadcastRow)`
      select ${slice.cursor} as cursor, b.id, b.kind, b.facts, b.started_at as "startedAt"
      from broadcasts b
      where b.id in (
        select d.broadcast_id from deliveries d
        where d.channel = 'inbox' and d.user_id in (${customer.people}) and ${customer.told}
        union
        select d.broadcast_id from deliveries d
        where d.fallback_of is not null and d.user_id in (${customer.people}) and ${customer.told}
      ) and ${slice.beyond}
      order by ${slice.order} limit ${slice.limit}`,
    );
    const people = await peopleTold(db, { customer, ids: shown.map(({ id }) => id) });
    return {
      ...turns,
      rows: shown.map(({ id, kind, facts, startedAt }) => {
        const own = people.filter(({ broadcastId }) => broadcastId === id).map(asPerson);
        return {
          id,
          told: readFactsAs(actor, kind, facts),
          startedAt,
          people: own.slice(0, MOST_PEOPLE),
          more: Math.max(0, own.length - MOST_PEOPLE),
          mails: own.filter(({ mail }) => mail).length,
          arrived: own.filter(({ mail }) => mail && ARRIVED.includes(mail.status)).length,
          read: own.filter(({ inbox }) => inbox?.readAt).length,
        };
      }),
    };
  },
});

/** A complaint follows an arrival. */
const ARRIVED: readonly DeliveryStatus[] = ["delivered", "complained"];

type Customer = { people: SQL; told: SQL };

/** Whose deliveries count: of an account those told for it, to whoever is or was of it. */
function customerOf(of: { accountId: string } | { userId: string }): Customer {
  if ("userId" in of) return { people: sql`select ${of.userId}::uuid`, told: sql`true` };
  const { accountId } = of;
  return {
    people: sql`
      select m.user_id from members m where m.account_id = ${accountId}
      union select k.user_id from contacts k where k.account_id = ${accountId}`,
    told: sql`d.account_ids @> array[${accountId}::uuid]`,
  };
}

const broadcastRow = z.object({
  cursor: z.string(),
  id: z.string(),
  kind: z.enum(BROADCAST_KINDS),
  facts: z.unknown(),
  startedAt: momentColumn,
});

const personRow = z.object({
  broadcastId: z.string(),
  userId: z.string(),
  name: z.string(),
  address: z.string().nullable(),
  status: z.enum(DELIVERY_STATUSES).nullable(),
  reason: z.string().nullable(),
  at: momentColumn.nullable(),
  isFallback: z.boolean(),
  placedAt: momentColumn.nullable(),
  readAt: momentColumn.nullable(),
  knownAt: momentColumn.nullable(),
});

const peopleTold = (db: Db | Tx, { customer, ids }: { customer: Customer; ids: string[] }) =>
  readRows(db, personRow)`
    select d.broadcast_id as "broadcastId", d.user_id as "userId", u.name,
      max(d.address) filter (where d.channel = 'email') as address,
      max(d.status) filter (where d.channel = 'email') as status,
      max(d.reason) filter (where d.channel = 'email') as reason,
      max(coalesce(d.settled_at, d.sent_at, d.created_at)) filter (where d.channel = 'email') as at,
      bool_or(d.fallback_of is not null) as "isFallback",
      max(d.created_at) filter (where d.channel = 'inbox') as "placedAt",
      max(d.read_at) filter (where d.channel = 'inbox') as "readAt",
      max(d.known_at) as "knownAt"
    from deliveries d
    join users u on u.id = d.user_id
    where d.broadcast_id = any(${sql.param(ids)}::uuid[])
      and d.user_id in (${customer.people}) and ${customer.told}
    group by d.broadcast_id, d.user_id, u.name
    order by bool_or(d.channel = 'email' and d.status in ('delivered', 'complained')), u.name, d.user_id`;

const asPerson = (row: z.output<typeof personRow>) => ({
  userId: row.userId,
  name: row.name,
  mail: row.status && {
    status: row.status,
    address: maskEmail(row.address ?? ""),
    reason: row.reason,
    at: row.at,
    isFallback: row.isFallback,
  },
  inbox: row.placedAt ? { readAt: row.readAt, knownAt: row.knownAt } : null,
});
