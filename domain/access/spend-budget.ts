import { inArray, lt, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { workBudgets } from "@/db/schema";

import { chore } from "../chore";
import { countingKey } from "./secrets";

/** Over which time (milliseconds) work is counted. */
const WINDOW_MS = 60_000;

/** How much of a kind of work one network, and everybody together, may ask for within the window. */
export const WORK_BUDGETS = {
  /** Pages that compare two texts; an office may be one network. */
  comparison: { network: 240, all: 3_000 },
  /** Forms that need no sign-in. What they lead to has limits of its own (door-limits.ts). */
  form: { network: 600, all: 6_000 },
} as const;

/**
 * Counts one piece of work that anybody may ask for. @returns until when no more is done, or null.
 * The counts are the database's, so they hold over all web processes; a network is kept as a hash,
 * for minutes.
 */
export const spendBudget = chore({
  may: "access.spendBudget",
  input: z.object({ work: z.enum(["comparison", "form"]), network: z.string().max(100) }),

  async run({ tx, now }, { work, network }): Promise<Date | null> {
    const own = await spend(tx, `${work}:${countingKey("network", network)}`, now);
    // Who is over their own budget takes nothing of everybody's.
    if (own.spent > WORK_BUDGETS[work].network) return endOf(own);
    if (own.spent === 1) await forgetOld(tx, now);
    const all = await spend(tx, work, now);
    return all.spent > WORK_BUDGETS[work].all ? endOf(all) : null;
  },
});

type Spent = { spent: number; since: Date };

const endOf = ({ since }: Spent): Date => new Date(since.getTime() + WINDOW_MS);

async function spend(tx: Tx, key: string, now: Date): Promise<Spent> {
  const isOver = sql`${workBudgets.since} <= ${new Date(now.getTime() - WINDOW_MS).toISOString()}::timestamptz`;
  const [row] = await tx
    .insert(workBudgets)
    .values({ key, since: now, spent: 1 })
    .onConflictDoUpdate({
      target: workBudgets.key,
      set: {
        since: sql`case when ${isOver} then excluded.since else ${workBudgets.since} end`,
        spent: sql`case when ${isOver} then 1 else ${workBudgets.spent} + 1 end`,
      },
    })
    .returning({ spent: workBudgets.spent, since: workBudgets.since });
  if (!row) throw new Error("a budget was not counted");
  return row;
}

/** Whoever else forgets them at the same moment is not waited for. */
async function forgetOld(tx: Tx, now: Date): Promise<void> {
  const old = tx
    .select({ key: workBudgets.key })
    .from(workBudgets)
    .where(lt(workBudgets.since, new Date(now.getTime() - 10 * WINDOW_MS)))
    .limit(100)
    .for("update", { skipLocked: true });
  await tx.delete(workBudgets).where(inArray(workBudgets.key, old));
}
