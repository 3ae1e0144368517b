import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { workBudgets } from "@/db/schema";

import { asJob, ANONYMOUS } from "../context";
import { countingKey } from "./secrets";
import { spendBudget, WORK_BUDGETS } from "./spend-budget";

const NOON = new Date("2026-03-02T04:00:00Z");
const later = (seconds: number) => new Date(NOON.getTime() + seconds * 1000);
const spend = (network: string, now = NOON) =>
  spendBudget(asJob("budgets", now), { work: "form", network }).then(({ until }) => until);

/** Spends all of a network's budget but so much. */
async function spendAll(network: string, but = 0) {
  await spend(network);
  const key = `form:${countingKey("network", network)}`;
  const spent = WORK_BUDGETS.form.network - but;
  await db.update(workBudgets).set({ spent }).where(eq(workBudgets.key, key));
}

test("a network that asks too much waits until its minute is over, and no other network does", async () => {
  await spendAll("192.0.2.1");
  expect(await spend("192.0.2.1", later(20))).toEqual(later(60));
  expect(await spend("192.0.2.2", later(20))).toBeNull();
  expect(await spend("192.0.2.1", later(61))).toBeNull();
});

test("of 50 at once on the last place one gets it, whichever process counts", async () => {
  await spendAll("192.0.2.3", 1);
  const answers = await Promise.all(Array.from({ length: 50 }, () => spend("192.0.2.3")));
  expect(answers.filter((until) => until === null)).toHaveLength(1);
});

test("everybody together have a budget as well, of which who is refused takes nothing", async () => {
  await db.insert(workBudgets).values({ key: "comparison", since: NOON, spent: 2_999 });
  const compare = () =>
    spendBudget(asJob("budgets", NOON), { work: "comparison", network: "192.0.2.9" });
  expect(await compare()).toMatchObject({ by: "network", until: null });
  expect(await compare()).toMatchObject({ by: "all", until: later(60) });
});

test("a person has a budget of their own, whichever network they ask from, and is told what is left", async () => {
  const { person: limit } = WORK_BUDGETS.inbox;
  const look = (at: number, person = "a@example.com") =>
    spendBudget(asJob("budgets", NOON), { work: "inbox", network: `198.51.100.${at}`, person });
  const spendings = [];
  for (let at = 0; at < limit; at += 1) spendings.push(await look(at));
  expect(spendings.at(0)).toEqual({
    ...{ by: "person", limit, remaining: limit - 1, ends: later(60), until: null },
  });
  expect(spendings.at(-1)).toMatchObject({ remaining: 0, until: null });
  expect(await look(limit)).toMatchObject({ by: "person", until: later(60) });
  expect(await look(limit, "b@example.com")).toMatchObject({ until: null });
});

test("no network is stored as it is called, counts are forgotten, and nobody counts but the portal", async () => {
  await spend("192.0.2.7", later(3_600));
  const kept = await db.select().from(workBudgets);
  expect(kept.filter(({ key }) => key.includes("192.0.2"))).toEqual([]);
  expect(kept.filter(({ since }) => since < later(3_000)).length).toBeLessThanOrEqual(1);
  const stranger = { actor: ANONYMOUS, now: NOON };
  await expect(spendBudget(stranger, { work: "form", network: "a" })).rejects.toThrow();
});
