import { and, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { auditChecks, broadcasts, deliveries, securityAlarms, securityEvents } from "@/db/schema";
import { beijing } from "@/tests/support/context";
import { givenPerson, givenStaff } from "@/tests/support/people";

import { noteSecurity } from "../access/security-events";
import { asJob, type Person } from "../context";
import { listAlarms } from "./list-alarms";
import { raiseAlarms } from "./raise-alarms";

const NOON = beijing("2026-03-02 12:10");
const MINUTE = 60_000;
const at = (ms: number) => new Date(NOON.getTime() + ms);

beforeEach(async () => {
  await db.delete(securityAlarms);
  await db.delete(securityEvents);
});

type Failing = { inboxKey?: string; network?: string; userId?: string | null; ms?: number };

/** So many wrong codes, each of a mailbox and a network of its own unless they are given. */
async function givenFailures(times: number, { ms = 0, userId = null, ...given }: Failing) {
  const events = Array.from({ length: times }, (_, n) => ({
    ...{ kind: "sign_in_failed" as const, device: "", userId },
    inboxKey: given.inboxKey ?? `inbox ${ms} ${n}`,
    network: given.network ?? `10.0.${n >> 8}.${n & 255}`,
  }));
  await db.transaction((tx) => noteSecurity({ tx, now: at(ms) }, ...events));
}

const raise = (ms = MINUTE) => raiseAlarms(asJob("raise-alarms", at(ms)), {});

const patterns = async () =>
  (await db.select().from(securityAlarms)).map(({ pattern }) => pattern).toSorted();

/** What a person has been told of alarms, by channel. */
async function toldTo({ id }: Person) {
  const rows = await db
    .select({ facts: broadcasts.facts, channel: deliveries.channel })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .where(and(eq(deliveries.userId, id), eq(broadcasts.kind, "security_alarm")));
  return rows
    .map(({ facts, channel }) => `${(facts as { pattern: string }).pattern} ${channel}`)
    .toSorted();
}

test("wrong codes for one address are told to administrators and to its owner, once in the hour", async () => {
  const [admin, owner] = [await givenStaff("admin"), await givenPerson("沈安澜")];
  await givenFailures(9, { inboxKey: "guessed", userId: owner.id });
  expect(await raise()).toEqual({ raised: 0 });
  await givenFailures(1, { inboxKey: "guessed", userId: owner.id });
  expect(await raise()).toEqual({ raised: 2 });
  expect(await raise(2 * MINUTE)).toEqual({ raised: 0 });
  expect(await toldTo(admin)).toEqual(["address_guessed email", "address_guessed inbox"]);
  expect(await toldTo(owner)).toEqual(["own_address_guessed email", "own_address_guessed inbox"]);

  // In the next hour administrators are told again if it goes on; the owner once a day.
  expect(await raise(58 * MINUTE)).toEqual({ raised: 1 });
  expect(await toldTo(owner)).toHaveLength(2);
});

test("an address nobody here has is an alarm, and nobody's owner is told", async () => {
  await givenStaff("admin");
  await givenFailures(12, { inboxKey: "strange" });
  await raise();
  expect(await patterns()).toEqual(["address_guessed"]);
});

test("one network, a burst in all, and one person's refusals are alarms of their own", async () => {
  await givenFailures(20, { network: "203.0.113.9" });
  await raise();
  expect(await patterns()).toEqual(["network_guessing"]);

  await givenFailures(40, { ms: MINUTE });
  const person = await givenStaff("support", "admin");
  await db.transaction((tx) =>
    noteSecurity(
      { tx, now: at(MINUTE) },
      ...Array.from({ length: 20 }, () => ({
        ...{ kind: "refused" as const, userId: person.id, network: "10.9.9.9", device: "" },
      })),
    ),
  );
  await raise(2 * MINUTE);
  expect(await patterns()).toEqual(["guessing_everywhere", "network_guessing", "person_refused"]);
  // Of whom it is about, another administrator is told.
  expect((await toldTo(person)).filter((told) => told.startsWith("person_refused"))).toEqual([]);

  const auditor = await givenStaff("auditor");
  const listed = await listAlarms({ actor: auditor, now: at(3 * MINUTE) }, {});
  expect(listed.map((one) => [one.pattern, one.network, one.personName]).toSorted()).toEqual([
    ["guessing_everywhere", null, null],
    ["network_guessing", "203.0.113.9", null],
    ["person_refused", null, person.name],
  ]);
});

test("what stopped more than an hour ago is no alarm, and two workers raise one", async () => {
  await givenFailures(15, { inboxKey: "old", ms: -90 * MINUTE });
  expect(await raise()).toEqual({ raised: 0 });
  await givenFailures(30, { network: "203.0.113.10" });
  const both = await Promise.all([raise(), raise()]);
  expect(both.map(({ raised }) => raised).toSorted()).toEqual([0, 1]);
});

test("a record that is not as it was sealed is told to administrators, each hour anew, until it is", async () => {
  const admin = await givenStaff("admin");
  const checked = (ms: number, fault: unknown) =>
    db.insert(auditChecks).values({ checkedAt: at(ms), entries: 9, fault });
  await checked(0, null);
  expect(await raise()).toEqual({ raised: 0 });
  await checked(1, [{ kind: "changed", seq: 5, place: 4 }]);
  expect([await raise(), await raise()]).toEqual([{ raised: 1 }, { raised: 0 }]);
  expect(await toldTo(admin)).toEqual(["record_broken email", "record_broken inbox"]);
  expect(await raise(60 * MINUTE)).toEqual({ raised: 1 });
  await checked(2, null);
  expect(await raise(120 * MINUTE)).toEqual({ raised: 0 });
});
