import { and, eq } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { signInRequests, subscriptions, users } from "@/db/schema";
import { maskEmail } from "@/lib/email-address";
import { isSignedByUs } from "@/lib/signing";

import { openPerson } from "../access/open-person";
import { subscriptionToken } from "../access/secrets";
import { Conflict, NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { verb } from "../verb";
import { joined, readNames } from "./choice";

const link = z.object({ requestId: uuid, token: z.string().max(200) });
type Link = z.output<typeof link>;
type State = "open" | "used" | "expired";

/**
 * What the page behind the mail's link shows to its holder. Reading it uses nothing up: mail scanners
 * open links. @throws NotFound for a wrong link
 */
export const findSubscriptionAsk = query({
  may: "subscription.hold",
  input: link,

  async run({ db, now }, given) {
    const { email, choice, state, isOld } = await openAsk(db, given, now);
    const [held] = await db
      .select({ key: subscriptions.key })
      .from(subscriptions)
      .innerJoin(users, eq(users.id, subscriptions.userId))
      .where(eq(users.email, email));
    return {
      state,
      maskedEmail: maskEmail(email),
      chosen: await readNames(db, choice),
      /** Whoever reads the mailbox that day may open what is subscribed already; an old mail opens nothing. */
      key: isOld ? null : (held?.key ?? null),
    };
  },
});

/**
 * Subscribes an address, by the link of its mail and a button: what is chosen comes to what there was.
 * @returns the key that its mails carry @throws NotFound (a wrong link), Conflict (too old, used and ended since)
 */
export const confirmSubscription = verb({
  may: "subscription.hold",
  input: link,

  async run(step, given): Promise<{ key: string }> {
    const { tx, now, record, unchanged } = step;
    await lockAsk(tx, given);
    const { id, email, locale, choice, state, isOld } = await openAsk(tx, given, now);
    if (state === "expired") throw new Conflict("subscriptions.errors.expired");
    const [known] = await tx.select().from(users).where(eq(users.email, email)).for("update");
    if (state === "used") {
      const held = !isOld && known && (await heldBy(tx, known.id));
      if (!held) throw new Conflict("subscriptions.errors.used");
      return unchanged({ key: held.key });
    }
    const person = known ?? (await openPerson(step, { email, locale }));
    const held = await heldBy(tx, person.id);
    const { productIds, announcements, documentIds } = held ? joined(held, choice) : choice;
    const chosen = { productIds, announcements, documentIds };
    const [kept] = await tx
      .insert(subscriptions)
      .values({ userId: person.id, ...chosen, confirmedAt: now })
      .onConflictDoUpdate({ target: subscriptions.userId, set: { ...chosen, confirmedAt: now } })
      .returning({ key: subscriptions.key });
    if (!kept) throw new Error("the subscription was not written");
    await tx.update(signInRequests).set({ usedAt: now }).where(eq(signInRequests.id, id));
    await record("subscription.confirmed", { id: person.id, after: chosen });
    return kept;
  },
});

/** Whoever presses the button again, or for another mail of the same person, waits. */
const lockAsk = (tx: Tx, { requestId }: Link) =>
  tx
    .select({ id: signInRequests.id })
    .from(signInRequests)
    .where(eq(signInRequests.id, requestId))
    .for("update");

const heldBy = async (tx: Tx, userId: string) =>
  (await tx.select().from(subscriptions).where(eq(subscriptions.userId, userId)))[0];

async function openAsk(db: Db | Tx, { requestId, token }: Link, now: Date) {
  const isOurs = isSignedByUs(token, (by) => subscriptionToken(requestId, by));
  const [request] = isOurs
    ? await db
        .select()
        .from(signInRequests)
        .where(and(eq(signInRequests.id, requestId), eq(signInRequests.purpose, "subscribe")))
    : [];
  if (!request?.choice) throw new NotFound("errors.notFound");
  const isOld = request.expiresAt <= now;
  const state: State = request.usedAt ? "used" : isOld ? "expired" : "open";
  return { ...request, choice: request.choice, state, isOld };
}
