import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import type { BroadcastKind, DeliveryStatus } from "@/db/vocabulary/broadcasts";
import { maskEmail } from "@/lib/email-address";

import { readFactsAs } from "../broadcasts/facts";
import { readMoment, utc } from "../broadcasts/moment";
import { pageInput, uuid } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";

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
    const { rows: shown, ...turns } = await readPage(list, async (slice) => {
      const found = await db.execute<BroadcastRow & { cursor: string }>(sql`
      select ${slice.cursor} as cursor, b.id, b.kind, b.facts, ${utc(sql`b.started_at`)} as started_at
      from broadcasts b
      where b.id in (
        select d.broadcast_id from deliveries d
        where d.channel = 'inbox' and d.user_id in (${customer.people}) and ${customer.told}
        union
        select d.broadcast_id from deliveries d
        where d.fallback_of is not null and d.user_id in (${customer.people}) and ${customer.told}
      ) and ${slice.beyond}
      order by ${slice.order} limit ${slice.limit}`);
      return found.rows;
    });
    const people = await peopleTold(db, { customer, ids: shown.map(({ id }) => id) });
    return {
      ...turns,
      rows: shown.map(({ id, kind, facts, started_at }) => {
        const own = people.filter(({ broadcast_id }) => broadcast_id === id).map(asPerson);
        return {
          id,
          told: readFactsAs(actor, kind, facts),
          startedAt: new Date(started_at),
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

type BroadcastRow = { id: string; kind: BroadcastKind; facts: unknown; started_at: string };

type PersonRow = {
  broadcast_id: string;
  user_id: string;
  name: string;
  mail_address: string | null;
  mail_status: DeliveryStatus | null;
  mail_reason: string | null;
  mail_at: string | null;
  is_fallback: boolean;
  placed_at: string | null;
  read_at: string | null;
};

async function peopleTold(
  db: Db | Tx,
  { customer, ids }: { customer: Customer; ids: string[] },
): Promise<PersonRow[]> {
  const { rows } = await db.execute<PersonRow>(sql`
    select d.broadcast_id, d.user_id, u.name,
      max(d.address) filter (where d.channel = 'email') as mail_address,
      max(d.status) filter (where d.channel = 'email') as mail_status,
      max(d.reason) filter (where d.channel = 'email') as mail_reason,
      ${utc(sql`max(coalesce(d.settled_at, d.sent_at, d.created_at)) filter (where d.channel = 'email')`)} as mail_at,
      bool_or(d.fallback_of is not null) as is_fallback,
      ${utc(sql`max(d.created_at) filter (where d.channel = 'inbox')`)} as placed_at,
      ${utc(sql`max(d.read_at) filter (where d.channel = 'inbox')`)} as read_at
    from deliveries d
    join users u on u.id = d.user_id
    where d.broadcast_id = any(${sql.param(ids)}::uuid[])
      and d.user_id in (${customer.people}) and ${customer.told}
    group by d.broadcast_id, d.user_id, u.name
    order by bool_or(d.channel = 'email' and d.status in ('delivered', 'complained')), u.name, d.user_id`);
  return rows;
}

const asPerson = (row: PersonRow) => ({
  userId: row.user_id,
  name: row.name,
  mail: row.mail_status && {
    status: row.mail_status,
    address: maskEmail(row.mail_address ?? ""),
    reason: row.mail_reason,
    at: readMoment(row.mail_at),
    isFallback: row.is_fallback,
  },
  inbox: row.placed_at ? { readAt: readMoment(row.read_at) } : null,
});
