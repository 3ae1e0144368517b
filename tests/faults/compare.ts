import { and, eq, inArray, ne, type SQL, sql } from "drizzle-orm";

import { db } from "@/db/client";
import { broadcastMails, deliveries } from "@/db/schema";
import { personalise } from "@/lib/mail-template";
import { type Differences, reconcile } from "@/stand-ins/resend/reconcile";
import type { AcceptedMail } from "@/stand-ins/resend/record";

export type Comparison = Differences & {
  /** Deliveries whose provider id or final status is another than the provider's record says. */
  disagreeing: string[];
  /** Mails of which our record says that nobody knows whether they left; none of them leaves again. */
  unknown: number;
};

/** Whether nothing was lost, doubled or altered, and all three records agree. */
export const isHonest = ({ lost, doubled, unexpected, disagreeing }: Comparison): boolean =>
  lost.length + doubled.length + unexpected.length + disagreeing.length === 0;

/** The same in words. */
export const countsIn = ({ lost, doubled, unexpected, disagreeing, unknown }: Comparison): string =>
  `lost ${lost.length}, doubled ${doubled.length}, wrong content ${unexpected.length}, disagreeing ${disagreeing.length}${unknown > 0 ? `, said to be unknown ${unknown}` : ""}`;

/** A broadcast and whom of the crowd it mails: a condition on the row `u` of users. */
export type Told = { broadcastId: string; whose: SQL };

/** Everybody of a crowd (`givenMembers`), by how their addresses begin. */
export const crowdOf = (prefix = ""): SQL => sql`u.email like ${`${prefix}%@crowd.example`}`;

type Person = { address: string; name: string; accounts: string; apps: string; key: string };

/**
 * Holds three things against each other: who was to be told what (put together anew from the
 * broadcasts' words and the whole crowd), what the provider accepted, and what our deliveries say.
 */
export async function compare(
  told: readonly Told[],
  accepted: readonly AcceptedMail[],
): Promise<Comparison> {
  const expected = (await Promise.all(told.map(expectedOf))).flat();
  const ids = told.map(({ broadcastId }) => broadcastId);
  const unknown = await addressesOfUnknown(ids);
  const found = reconcile(expected, accepted);
  return {
    ...found,
    lost: found.lost.filter((address) => !unknown.has(address)),
    disagreeing: await findDisagreeing(ids, accepted),
    unknown: unknown.size,
  };
}

async function expectedOf({ broadcastId, whose }: Told) {
  const mails = await db
    .select()
    .from(broadcastMails)
    .where(eq(broadcastMails.broadcastId, broadcastId));
  const people = await db.execute<Person & { locale: string }>(sql`
    select u.email as address, u.locale, u.name, a.name || ' (' || a.uin || ')' as accounts,
      p.name || ' (' || p.sdk_app_id || ')' as apps, coalesce(k.key::text, '') as key
    from members m join users u on u.id = m.user_id join accounts a on a.id = m.account_id
    join apps p on p.account_id = a.id left join mail_keys k on k.user_id = u.id
    where ${whose}`);
  return people.rows.map(({ address, locale, ...own }) => {
    const mail = mails.find((one) => one.locale === locale);
    if (!mail) throw new Error(`no mail was rendered in ${locale}`);
    return { to: address, ...personalise(mail, own) };
  });
}

async function addressesOfUnknown(ids: string[]): Promise<Set<string | null>> {
  const rows = await db
    .select({ address: deliveries.address })
    .from(deliveries)
    .where(and(inArray(deliveries.broadcastId, ids), eq(deliveries.status, "unknown")));
  return new Set(rows.map(({ address }) => address));
}

async function findDisagreeing(ids: string[], accepted: readonly AcceptedMail[]) {
  const addressOf = new Map(accepted.map(({ id, to }) => [id, to[0]]));
  const rows = await db
    .select()
    .from(deliveries)
    .where(
      and(
        inArray(deliveries.broadcastId, ids),
        eq(deliveries.channel, "email"),
        ne(deliveries.status, "unknown"),
      ),
    );
  return rows
    .filter(({ address, providerId, status }) => {
      const fate = address?.startsWith("bounce") ? "bounced" : "delivered";
      return addressOf.get(providerId ?? "") !== address || status !== fate;
    })
    .map(({ address, status }) => `${address} ${status}`);
}
