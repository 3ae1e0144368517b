import { randomUUID } from "node:crypto";
import { desc, eq } from "drizzle-orm";

import { db } from "@/db/client";
import { signInRequests, subscriptions, users } from "@/db/schema";
import type { SubscriptionChoice } from "@/db/schema/subscriptions";
import type { Severity, Visibility } from "@/db/vocabulary/incidents";
import { subscriptionToken } from "@/domain/access/secrets";
import { ANONYMOUS } from "@/domain/context";
import { askSubscription } from "@/domain/subscriptions/ask";
import { confirmSubscription } from "@/domain/subscriptions/confirm";

import { beijing } from "./context";
import { givenVisitor } from "./door";
import { givenAffected, givenIncident, givenNotice, givenNoticeDesk, published } from "./notices";

export const NOTHING: SubscriptionChoice = {
  productIds: [],
  announcements: false,
  documentIds: [],
};

/** What a stranger does at a moment of Beijing's clock. */
export const stranger = (moment: string) => ({ actor: ANONYMOUS, now: beijing(moment) });

/** A desk whose one app's account has an owner, and which may tell an incident of that app. */
export async function givenTellingDesk() {
  const desk = await givenNoticeDesk();
  const { app, owner } = await givenAffected(desk.productId, {});
  const { sdkAppId } = app;
  /** `also`: apps of others that are affected too. */
  const tell = async (visibility: Visibility, severity?: Severity, also: string[] = []) => {
    const graded = { visibility, ...(severity && { severity }) };
    const { id: incidentId } = await givenIncident(desk, graded);
    const draft = await givenNotice(desk, {
      incidentId,
      audience: { named: [sdkAppId, ...also].join("\n") },
    });
    const { broadcastId } = await published(desk, draft, { typedPeople: 1 + also.length });
    return broadcastId ?? "";
  };
  return { ...desk, owner, sdkAppId, tell };
}

type Ask = Partial<SubscriptionChoice> & { email?: string; at?: string };

/** Asks for a subscription from a browser of its own. @returns the link of the mail */
export async function givenAsk({
  email = `${randomUUID()}@reads.example`,
  at = "2026-11-20 09:30",
  ...choice
}: Ask) {
  await askSubscription(stranger(at), {
    ...{ ...NOTHING, ...choice, email, locale: "zh-CN" },
    visitor: givenVisitor(),
  });
  const [request] = await db
    .select({ id: signInRequests.id })
    .from(signInRequests)
    .where(eq(signInRequests.email, email))
    .orderBy(desc(signInRequests.requestedAt))
    .limit(1);
  const requestId = request?.id ?? "";
  return { email, requestId, token: subscriptionToken(requestId) };
}

/** A subscription, asked for and confirmed. */
export async function givenSubscriber(ask: Ask) {
  const { email, ...link } = await givenAsk(ask);
  const { key } = await confirmSubscription(stranger(ask.at ?? "2026-11-20 09:30"), link);
  return { email, key, ...(await subscriptionOf(email)) };
}

export async function subscriptionOf(email: string) {
  const [row] = await db
    .select({ userId: users.id, held: subscriptions })
    .from(users)
    .leftJoin(subscriptions, eq(subscriptions.userId, users.id))
    .where(eq(users.email, email));
  return { userId: row?.userId ?? "", held: row?.held ?? null };
}
