import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { broadcasts, deliveries, users } from "@/db/schema";

/** What an address was mailed of its memberships, and in which language. */
export async function mailed(email: string): Promise<string[]> {
  const rows = await db
    .select({ facts: broadcasts.facts, channel: deliveries.channel, locale: deliveries.locale })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .innerJoin(users, eq(users.id, deliveries.userId))
    .where(eq(users.email, email))
    .orderBy(deliveries.createdAt, broadcasts.id);
  return rows
    .filter(({ channel }) => channel === "email")
    .map(({ facts, locale }) => `${(facts as { event: string }).event} ${locale}`);
}
