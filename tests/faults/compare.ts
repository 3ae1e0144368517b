import { and, eq, ne, sql } from "drizzle-orm";

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

type Person = { address: string; name: string; accounts: string };

/**
 * Holds three things against each other: who was to be told what (put together anew from the
 * broadcast's words and the whole crowd), what the provider accepted, and what our deliveries say.
 */
export async function compare(
  broadcastId: string,
  accepted: readonly AcceptedMail[],
): Promise<Comparison> {
  const mails = await db
    .select()
    .from(broadcastMails)
    .where(eq(broadcastMails.broadcastId, broadcastId));
  const people = await db.execute<Person & { locale: string }>(sql`
    select u.email as address, u.locale, u.name, a.name || ' (' || a.uin || ')' as accounts
    from members m join users u on u.id = m.user_id join accounts a on a.id = m.account_id
    where u.email like '%@crowd.example'`);
  const expected = people.rows.map(({ address, locale, name, accounts }) => {
    const mail = mails.find((one) => one.locale === locale);
    if (!mail) throw new Error(`no mail was rendered in ${locale}`);
    return { to: address, ...personalise(mail, { name, accounts, apps: "" }) };
  });
  const unknown = await addressesOfUnknown(broadcastId);
  const found = reconcile(expected, accepted);
  return {
    ...found,
    lost: found.lost.filter((address) => !unknown.has(address)),
    disagreeing: await findDisagreeing(broadcastId, accepted),
    unknown: unknown.size,
  };
}

async function addressesOfUnknown(broadcastId: string): Promise<Set<string | null>> {
  const rows = await db
    .select({ address: deliveries.address })
    .from(deliveries)
    .where(and(eq(deliveries.broadcastId, broadcastId), eq(deliveries.status, "unknown")));
  return new Set(rows.map(({ address }) => address));
}

async function findDisagreeing(broadcastId: string, accepted: readonly AcceptedMail[]) {
  const addressOf = new Map(accepted.map(({ id, to }) => [id, to[0]]));
  const rows = await db
    .select()
    .from(deliveries)
    .where(
      and(
        eq(deliveries.broadcastId, broadcastId),
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
