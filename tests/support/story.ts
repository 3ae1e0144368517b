import { count } from "drizzle-orm";

import { db, type Tx } from "@/db/client";
import { auditEntries } from "@/db/schema";
import { listQueue } from "@/domain/requests/list-queue";
import { APPROVER } from "@/scripts/people";
import { tellStory } from "@/scripts/story/tell";
import { type Teller, tellerAt } from "@/scripts/story/teller";

import { beijing } from "./context";

/** An ordinary Saturday afternoon in Beijing. */
export const ORDINARY = "2026-11-28 14:20";

/**
 * Tells the whole story as of a moment of Beijing's clock, and takes it back.
 * @returns what a reader of the demo relies on: how often each act is on record, and which cases are late
 */
export async function storyAt(moment: string) {
  const outcome: { story?: Awaited<ReturnType<typeof readStory>> } = {};
  await db
    .transaction(async (tx) => {
      const teller = tellerAt(beijing(moment), tx);
      await tellStory(teller);
      outcome.story = await readStory(teller, tx);
      tx.rollback();
    })
    .catch((error: unknown) => {
      if (!outcome.story) throw error;
    });
  return outcome.story;
}

async function readStory({ as, started }: Teller, tx: Tx) {
  const acts = await tx
    .select({ action: auditEntries.action, times: count() })
    .from(auditEntries)
    .groupBy(auditEntries.action);
  const { rows } = await listQueue(await as(APPROVER, started), { view: "open" });
  return {
    acts: acts.map(({ action, times }) => `${action} ${times}`).toSorted(),
    cases: rows
      .map(({ type, status, isOverdue, isDeveloperLate }) =>
        [type, status, isOverdue && "overdue", isDeveloperLate && "developer late"].join(" "),
      )
      .toSorted(),
  };
}
