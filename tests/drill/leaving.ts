import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";

import { db } from "@/db/client";
import { deregistrations, users } from "@/db/schema";
import { wakeJob } from "@/domain/jobs";
import { env } from "@/lib/env";
import { givenCoolingOff, givenSmallAccount } from "@/tests/support/deregistration";
import { tablesHolding } from "@/tests/support/search-database";

export type Leaving = { id: string; accountId: string; names: string[] };

/** An account whose cooling-off has an end some hours ahead; its people have names nobody else has. */
export async function givenLeaving(n: number): Promise<Leaving> {
  const { account, owner, member } = await givenSmallAccount();
  const names = [`离开者 ${n} 甲`, `离开者 ${n} 乙`];
  for (const [index, person] of [owner, member].entries())
    await db
      .update(users)
      .set({ name: names[index] ?? "" })
      .where(eq(users.id, person.id));
  const { id } = await givenCoolingOff(account, owner);
  await db
    .update(deregistrations)
    .set({ executeAfter: sql`now() + interval '1 day'` })
    .where(eq(deregistrations.id, id));
  return { id, accountId: account.id, names };
}

/** Every `everyMs` the next account's cooling-off has passed, until the database is gone. */
export async function closeOneByOne(
  leaving: readonly Leaving[],
  { everyMs, isLost }: { everyMs: number; isLost: () => boolean },
): Promise<void> {
  for (const { id } of leaving) {
    if (isLost()) return;
    await db
      .transaction(async (tx) => {
        await tx
          .update(deregistrations)
          .set({ executeAfter: sql`now() - interval '1 second'` })
          .where(eq(deregistrations.id, id));
        await wakeJob(tx, "execute-deregistrations");
      })
      .catch(() => undefined);
    await sleep(everyMs);
  }
}

/** How many erasures the ledger holds. */
export function ledgerLines(): number {
  const text = fs.readFileSync(env().ERASURE_LEDGER_FILE ?? "", "utf8");
  return text.split("\n").filter(Boolean).length;
}

/** How many of their people the database still names. */
export async function stillNamed(gone: readonly Leaving[]): Promise<number> {
  const found = [];
  for (const { names } of gone)
    for (const name of names) if ((await tablesHolding(name)).length > 0) found.push(name);
  return found.length;
}
