import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { mailKeys, signInRequests, subscriptions } from "@/db/schema";
import { subscriptionToken } from "@/domain/access/secrets";
import { ANONYMOUS } from "@/domain/context";
import { askSubscription } from "@/domain/subscriptions/ask";
import { confirmSubscription } from "@/domain/subscriptions/confirm";
import { givenVisitor } from "@/tests/support/door";

const NOTHING = { productIds: [], documentIds: [] };

/** The query of a link that asks an address to confirm announcements, and the key of another's subscription. */
export async function givenSubscription() {
  const waiting = await givenAsk();
  const { key } = await confirmSubscription(now(), await givenAsk());
  return {
    subscriptionLink: `request=${waiting.requestId}&token=${waiting.token}`,
    subscriptionKey: key,
    mailKey: await keyOfMails(key),
  };
}

/** What the mails of the same person carry that they may turn off. */
async function keyOfMails(subscriptionKey: string): Promise<string> {
  const [held] = await db
    .select({ userId: subscriptions.userId })
    .from(subscriptions)
    .where(eq(subscriptions.key, subscriptionKey));
  const [row] = await db.insert(mailKeys).values({ userId: held!.userId }).returning();
  return row!.key;
}

const now = () => ({ actor: ANONYMOUS, now: new Date() });

async function givenAsk() {
  const email = `reads-${randomUUID()}@luming.example`;
  await askSubscription(now(), {
    ...{ ...NOTHING, email, locale: "zh-CN", announcements: true },
    visitor: givenVisitor(),
  });
  const [request] = await db
    .select({ id: signInRequests.id })
    .from(signInRequests)
    .where(eq(signInRequests.email, email));
  const requestId = request?.id ?? "";
  return { requestId, token: subscriptionToken(requestId) };
}
