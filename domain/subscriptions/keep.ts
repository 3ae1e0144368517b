import { eq } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { subscriptions, users } from "@/db/schema";
import { maskEmail } from "@/lib/email-address";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { changeRows } from "../rows";
import { verb } from "../verb";
import { choiceInput, knownChoice } from "./choice";

/** What the links of a subscription's mails open. @throws NotFound once it has ended, or for a wrong key */
export const findSubscription = query({
  may: "subscription.hold",
  input: z.object({ key: uuid }),

  async run({ db }, { key }) {
    const { productIds, announcements, documentIds, email } = await byKey(db, key);
    return { maskedEmail: maskEmail(email), productIds, announcements, documentIds };
  },
});

/** Chooses anew what is told. @throws NotFound; Invalid where nothing is left: that is `endSubscription` */
export const changeSubscription = verb({
  may: "subscription.hold",
  input: z.object({ key: uuid, ...choiceInput }),

  async run({ tx, record }, { key, ...wish }): Promise<void> {
    const { userId, ...before } = await byKey(tx, key);
    const { productIds, announcements, documentIds } = before;
    const chosen = await knownChoice(tx, wish);
    const changed = await tx
      .update(subscriptions)
      .set(chosen)
      .where(eq(subscriptions.key, key))
      .returning({ userId: subscriptions.userId });
    // It was ended meanwhile.
    if (changed.length === 0) throw new NotFound("errors.notFound");
    await record("subscription.changed", {
      id: userId,
      before: { productIds, announcements, documentIds },
      after: chosen,
    });
  },
});

/**
 * Ends a subscription at once, on a page or by a mail program's one click (RFC 8058): its row goes, and
 * of what was still to leave for it, or might be tried again, nothing leaves. Again, or by what is no key, changes nothing.
 */
export const endSubscription = verb({
  may: "subscription.hold",
  input: z.object({ key: uuid.nullable().catch(null) }),

  async run({ tx, now, record, unchanged }, { key }): Promise<void> {
    if (key === null) return unchanged();
    const [ended] = await tx
      .delete(subscriptions)
      .where(eq(subscriptions.key, key))
      .returning({ userId: subscriptions.userId });
    if (!ended) return unchanged();
    await changeRows(tx)`
      update deliveries d set address = null,
        status = case d.status when 'queued' then 'cancelled' else d.status end,
        settled_at = coalesce(d.settled_at, ${now.toISOString()}::timestamptz)
      from broadcasts b
      where b.id = d.broadcast_id and b.kind = 'bulletin' and b.facts ->> 'to' = 'subscribers'
        and d.user_id = ${ended.userId} and d.address is not null and d.channel = 'email'
        and (d.status = 'failed' or d.status = 'queued' and d.batch_id is null)`;
    await record("subscription.ended", { id: ended.userId });
  },
});

async function byKey(db: Db | Tx, key: string) {
  const [found] = await db
    .select({
      userId: subscriptions.userId,
      productIds: subscriptions.productIds,
      announcements: subscriptions.announcements,
      documentIds: subscriptions.documentIds,
      email: users.email,
    })
    .from(subscriptions)
    .innerJoin(users, eq(users.id, subscriptions.userId))
    .where(eq(subscriptions.key, key));
  if (!found) throw new NotFound("errors.notFound");
  return found;
}
