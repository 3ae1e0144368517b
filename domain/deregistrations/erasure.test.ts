import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";

import { db } from "@/db/client";
import { askWaivers } from "@/db/schema";
import { log } from "@/lib/log";
import { deliverAll } from "@/tests/support/busy-account";
import { beijing } from "@/tests/support/context";
import { carryOut, givenCoolingOff, givenSmallAccount } from "@/tests/support/deregistration";
import { givenPlanted } from "@/tests/support/planted";
import { searchPlanted } from "@/tests/support/search-planted";

import { asJob } from "../context";
import { eraseLeftAddresses } from "../retention/erase-addresses";

const JOB = asJob("execute-deregistrations", beijing("2026-11-09 10:05"));

/** What stays though a person wrote it, by its place, and on which ground. */
const STAYS: Record<string, string> = {
  "policy_acknowledgements.reason":
    "proof of what the account answered, under a code (decision 007)",
  "request_decisions.explanation": "the answer as it was given, sealed: that a duty was met (055)",
  "dispatches.body": "what the vendor posted, for good (056)",
  "app_stops.app_version": "what the account stated of its app, without who stated it",
  "own_policy_updates.url": "where the app’s own policy stands for everybody",
  "kit_takes.text": "the vendor’s own words that an app took, without who took them",
};

test("P10 P33: of 200 values planted wherever a person's words, addresses and devices stand, none is left after the erasure", async () => {
  const said = listen();
  const { account, owner, second, marks } = await givenPlanted();
  expect(marks.length).toBeGreaterThanOrEqual(200);
  const placed = await searchPlanted();
  expect(marks.filter(({ value }) => !placed.has(value))).toEqual([]);

  const { id } = await givenCoolingOff(account, owner, second);
  expect(await carryOut(id)).toBe("completed");
  await deliverAll();
  await eraseLeftAddresses(JOB, {});

  // Nor was any of it said while it went.
  log.error({ canary: "the log is heard" }, "canary");
  const heard = said();
  expect(heard).toContain("the log is heard");
  expect(heard.match(/planted\d+z/g)).toBeNull();
  const left = await searchPlanted();
  const held = marks
    .filter(({ place, value }) => left.has(value) && !STAYS[place])
    .map(({ place, value }) => `${place}: ${left.get(value)?.join(", ")}`);
  expect([...new Set(held)]).toEqual([]);
  // What is named as staying does stay: a name that is not needed any more goes from the list.
  const stayed = marks.filter(({ value }) => left.has(value)).map(({ place }) => place);
  expect(new Set(stayed)).toEqual(new Set(Object.keys(STAYS)));
});

test("why an account is asked no longer changes to the number of its own deregistration and to nothing else", async () => {
  const [{ account, owner, second }, other] = [await givenPlanted(), await givenSmallAccount()];
  const { number } = await givenCoolingOff(other.account, other.owner);
  const say = (reason: string) =>
    db.update(askWaivers).set({ reason }).where(eq(askWaivers.accountId, account.id));
  for (const reason of ["something else", number]) await expect(say(reason)).rejects.toThrow();
  const own = await givenCoolingOff(account, owner, second);
  await say(own.number);
  await expect(db.delete(askWaivers).where(eq(askWaivers.accountId, account.id))).rejects.toThrow();
});

/** Listens to the log, whatever its level, and to both outputs of the process. @returns what they were given */
function listen(): () => string {
  const outputs = [
    ...[process.stdout, process.stderr].map((output) => vi.spyOn(output, "write")),
    ...(["debug", "info", "warn", "error"] as const).map((level) => vi.spyOn(log, level)),
  ];
  return () => {
    const calls = outputs.flatMap(({ mock }): unknown[][] => mock.calls);
    for (const spy of outputs) spy.mockRestore();
    return JSON.stringify(calls);
  };
}
