import { and, eq, gt, isNull } from "drizzle-orm";
import { z } from "zod";

import { signInRequests } from "@/db/schema";
import { DOOR_PURPOSES } from "@/db/vocabulary/access";
import { LOCALES } from "@/db/vocabulary/languages";
import { emailAddress } from "@/lib/email-address";

import { doorOf, lockDoor, mailRefused, mailWait, visitor } from "../access/door-limits";
import { subscriptionToken } from "../access/secrets";
import { wakeJob } from "../jobs";
import { query } from "../query";
import { verb } from "../verb";
import { choiceInput, knownChoice, readNames } from "./choice";

/** How long the mail's link works. */
const LIFETIME_MS = 24 * 3_600_000;

/**
 * Asks for the mail that confirms a subscription (P53): nobody is subscribed, or known, before its link
 * was followed and its button pressed. It counts among the mails of the door, under their limits, and
 * the answer is the same whoever has the address.
 * @throws Invalid where nothing is chosen; Conflict while no mail is sent
 */
export const askSubscription = verb({
  may: "subscription.ask",
  input: z.object({ email: emailAddress, locale: z.enum(LOCALES), ...choiceInput, visitor }),

  async run({ tx, now, record }, { email, locale, visitor: asking, ...wish }): Promise<void> {
    const choice = await knownChoice(tx, wish);
    const door = doorOf(email, asking);
    await lockDoor(tx, door);
    const wait = await mailWait(tx, door, { now, counted: DOOR_PURPOSES });
    if (wait) throw mailRefused(wait, { email, now });

    const { inboxKey, network, browser } = door;
    const [request] = await tx
      .insert(signInRequests)
      .values({
        ...{ email, locale, choice, inboxKey, network, browser },
        ...{ purpose: "subscribe", returnPath: "" },
        requestedAt: now,
        expiresAt: new Date(now.getTime() + LIFETIME_MS),
      })
      .returning({ id: signInRequests.id });
    if (!request) throw new Error("the request was not written");
    await record("subscription.asked", { id: request.id });
    await wakeJob(tx, "mail-subscription", { payload: { requestId: request.id } });
  },
});

/** What the mail needs; null once it is used or too old. */
export const readSubscriptionMail = query({
  may: "subscription.mail",
  input: z.object({ requestId: z.uuid() }),

  async run({ db, now }, { requestId }) {
    const [request] = await db
      .select()
      .from(signInRequests)
      .where(
        and(
          eq(signInRequests.id, requestId),
          eq(signInRequests.purpose, "subscribe"),
          isNull(signInRequests.usedAt),
          gt(signInRequests.expiresAt, now),
        ),
      );
    if (!request?.choice) return null;
    const { email, locale, expiresAt, choice } = request;
    const token = subscriptionToken(requestId);
    return { email, locale, expiresAt, token, chosen: await readNames(db, choice) };
  },
});
