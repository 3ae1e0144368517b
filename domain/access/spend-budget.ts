import { inArray, lt, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { workBudgets } from "@/db/schema";

import { chore } from "../chore";
import { countingKey } from "./secrets";

/** Over which time (milliseconds) work is counted. */
const WINDOW_MS = 60_000;

/** How much of a kind of work one person, one network and everybody together may ask for within the window. */
export const WORK_BUDGETS = {
  /** Pages that compare two texts; an office may be one network. */
  comparison: { network: 240, all: 3_000 },
  /** Forms that need no sign-in. What they lead to has limits of its own (door-limits.ts). */
  form: { network: 600, all: 6_000 },
  /** Pages of operations that look for a word in names and addresses. */
  search: { network: 600, all: 6_000 },
  /** Files, one by one; a request has five. */
  upload: { network: 240, all: 2_400 },
  /** Drafts of requests that are begun. */
  draft: { network: 120, all: 1_200 },
  /** The bell of the vendor's console, which asks once a minute in every page that is open. */
  inbox: { person: 60, network: 3_000, all: 30_000 },
} as const satisfies Record<string, { person?: number; network: number; all: number }>;
export type Work = keyof typeof WORK_BUDGETS;

const WORKS = ["comparison", "form", "search", "upload", "draft", "inbox"] as const;

/** What is left of a budget, and when its window ends; `until` where it is used up. */
export type Spending = {
  by: "person" | "network" | "all";
  limit: number;
  remaining: number;
  ends: Date;
  until: Date | null;
};

/**
 * Counts one piece of work that anybody may ask for, first against the asker's own budgets: of who is
 * over one, the next count nothing. @returns the budget that is used up, else the first.
 * The counts are the database's, so they hold over all web processes; a network or a person is kept
 * as a hash, for minutes.
 */
export const spendBudget = chore({
  may: "access.spendBudget",
  input: z.object({
    work: z.enum(WORKS),
    network: z.string().max(100),
    person: z.string().max(300).optional(),
  }),

  async run({ tx, now }, { work, network, person }): Promise<Spending> {
    const limits: { person?: number; network: number; all: number } = WORK_BUDGETS[work];
    let first: Spending | null = null;
    for (const by of ["person", "network", "all"] as const) {
      const [limit, value] = [limits[by], { person, network, all: "" }[by]];
      if (limit === undefined || value === undefined) continue;
      const key = by === "all" ? work : `${work}:${countingKey(by, value)}`;
      const { spent, since } = await spend(tx, key, now);
      const ends = new Date(since.getTime() + WINDOW_MS);
      const spending = { by, limit, remaining: Math.max(0, limit - spent), ends };
      if (spent > limit) return { ...spending, until: ends };
      if (spent === 1 && by !== "all") await forgetOld(tx, now);
      first ??= { ...spending, until: null };
    }
    if (!first) throw new Error("a budget was not counted");
    return first;
  },
});

type Spent = { spent: number; since: Date };

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
