import { count } from "drizzle-orm";
import { expect, test } from "vitest";

import { db, type Tx } from "@/db/client";
import { auditEntries } from "@/db/schema";
import { beijing } from "@/tests/support/context";

import { tellStory } from "./tell";
import { tellerAt } from "./teller";

const ORDINARY = "2026-11-28 14:20";

test.each([
  "2026-11-28 23:45",
  "2026-11-28 23:59",
  "2026-11-29 00:00",
  "2026-12-31 23:55",
  "2027-02-28 23:55",
  "2028-02-29 23:55",
])("the story can be told at %s, and it is the same story", async (moment) => {
  expect(await actsToldAt(beijing(moment))).toEqual(await actsToldAt(beijing(ORDINARY)));
});

/** Tells the whole story and takes it back. @returns how often each act is on record */
async function actsToldAt(moment: Date): Promise<Record<string, number>> {
  let acts: Record<string, number> = {};
  const told = db.transaction(async (tx) => {
    await tellStory(tellerAt(moment, tx));
    acts = await actsOnRecord(tx);
    tx.rollback();
  });
  await expect(told).rejects.toThrow("Rollback");
  return acts;
}

async function actsOnRecord(tx: Tx): Promise<Record<string, number>> {
  const rows = await tx
    .select({ action: auditEntries.action, times: count() })
    .from(auditEntries)
    .groupBy(auditEntries.action)
    .orderBy(auditEntries.action);
  return Object.fromEntries(rows.map(({ action, times }) => [action, times]));
}
