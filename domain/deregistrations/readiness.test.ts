import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { provide } from "@/lib/env";
import { executeDeregistrations } from "@/jobs/due";
import { startServiceStanding } from "@/stand-ins/service-standing/start";
import { beijing } from "@/tests/support/context";
import {
  ASKED_AT,
  askedFor,
  deregistrationOf,
  DUE_AT,
  freshly,
  givenSmallAccount,
} from "@/tests/support/deregistration";
import { givenMember, givenStaff } from "@/tests/support/people";

import type { Person } from "../context";
import { confirmDeregistration } from "./confirm";
import { findDeregistration } from "./find";
import { readOwnDeregistration } from "./read-own";
import { requestDeregistration } from "./request";
import { stateOf } from "./rules";
import { readServiceLines } from "./service-lines";

let vendor: Awaited<ReturnType<typeof startServiceStanding>>;
beforeAll(async () => {
  vendor = await startServiceStanding({ key: "a-key" });
});
afterAll(() => vendor.stop());
beforeEach(() => {
  vendor.faults.length = 0;
  provide({ SERVICE_STANDING_URL: vendor.url, SERVICE_STANDING_KEY: "a-key" });
});

const QUIET = { count: 0 };
const settled = { apps: QUIET, traffic: QUIET, bills: QUIET, tickets: QUIET };
const AS_OF = "2026-11-02T09:59:00+08:00";
const BILL = { count: 1, named: ["B-4711"], url: "https://pay.yunqiao.example/bills" };

const linesOf = async (uin: string) => (await readServiceLines(uin)).lines;

/** What the page asks for, with what the vendor says just then. */
async function asked(owner: Person, account: { id: string; name: string; uin: string }) {
  const wish = askedFor(account);
  return requestDeregistration(freshly(owner, ASKED_AT), {
    ...wish,
    elsewhere: { ...wish.elsewhere, service: await linesOf(account.uin) },
  });
}

test("P33: each line says from where it is known, and what the vendor does not say is the owner's word", async () => {
  const { account, owner } = await givenSmallAccount();
  const { tickets: _, ...known } = settled;
  vendor.standings.set(account.uin, {
    ...known,
    ...{ asOf: AS_OF, apps: { count: 2, named: ["1400000001", "1400000002"] } },
  });
  const { checks } = await readOwnDeregistration(freshly(owner, ASKED_AT), {
    accountId: account.id,
    elsewhere: { ...askedFor(account).elsewhere, service: await linesOf(account.uin) },
  });
  expect(checks.map((one) => [one.check, one.from, one.count, stateOf(one)])).toEqual([
    ["own_requests", "portal", 0, "passed"],
    ["routed_requests", "portal", 0, "passed"],
    ["live_apps", "portal", 1, "warning"],
    ["unanswered_versions", "portal", 0, "passed"],
    ["security_advice", "portal", 0, "passed"],
    ["service_apps", "service", 2, "warning"],
    ["service_traffic", "service", 0, "passed"],
    ["service_bills", "service", 0, "passed"],
    ["service_tickets", "owner", 0, "word"],
    ["end_users_told", "owner", 0, "word"],
  ]);
  expect(checks[5]).toMatchObject({ numbers: ["1400000001", "1400000002"] });
});

test("P33: signs in the vendor's answer that no database keeps are left out, and keep nobody from the page", async () => {
  const { account, owner } = await givenSmallAccount();
  const named = ["B-\u00004711\u202e", "\u0000", "\ud800T-1"];
  vendor.standings.set(account.uin, { ...settled, asOf: AS_OF, tickets: { count: 3, named } });
  const { checks } = await readOwnDeregistration(freshly(owner, ASKED_AT), {
    accountId: account.id,
    elsewhere: { ...askedFor(account).elsewhere, service: await linesOf(account.uin) },
  });
  const tickets = checks.find(({ check }) => check === "service_tickets");
  expect(tickets).toMatchObject({ from: "service", count: 3, numbers: ["B-4711", "T-1"] });
  expect(await asked(owner, account)).toMatchObject({ number: expect.any(String) });
});

test("P33: an unsettled bill stands in the way, of who asks and at the end; settled, it goes on", async () => {
  const { account, owner } = await givenSmallAccount();
  vendor.standings.set(account.uin, { ...settled, asOf: AS_OF, bills: BILL });
  await expect(asked(owner, account)).rejects.toMatchObject({
    messageKey: "deregistrations.errors.blocked",
  });
  vendor.standings.set(account.uin, { ...settled, asOf: AS_OF });
  const { number } = await asked(owner, account);
  const found = async () =>
    findDeregistration({ actor: await givenStaff("auditor"), now: beijing(DUE_AT) }, { number });
  const isBegun = async () => (await found()).service !== null;

  vendor.standings.set(account.uin, { ...settled, asOf: AS_OF, bills: BILL });
  await executeDeregistrations(beijing(DUE_AT));
  expect(await found()).toMatchObject({ status: "cooling_off", isHeld: true });
  expect(await isBegun()).toBe(false);
  expect((await found()).checks.find(({ check }) => check === "service_bills")).toMatchObject({
    ...{ from: "service", count: 0 },
  });

  // Paid, or not to be found out: nobody is held up by an interface that is away.
  vendor.standings.delete(account.uin);
  await executeDeregistrations(beijing(DUE_AT));
  expect(await found()).toMatchObject({ isHeld: false });
  expect((await deregistrationOf(account.id)).status === "completed" || (await isBegun())).toBe(
    true,
  );
});

test("a second owner confirms on what the first was told, source by source", async () => {
  const { account, owner } = await givenSmallAccount();
  const second = await givenMember(account.id, "owner");
  vendor.standings.set(account.uin, { ...settled, asOf: AS_OF, tickets: { count: 3 } });
  await asked(owner, account);
  const before = await deregistrationOf(account.id);
  await confirmDeregistration(freshly(second, ASKED_AT), { id: before.id });
  const after = await deregistrationOf(account.id);
  expect(after.status).toBe("cooling_off");
  expect(after.checks).toEqual(before.checks);
});

test("an interface that is not set, does not answer, refuses or answers strangely says nothing, and is told to be away", async () => {
  const { account } = await givenSmallAccount();
  vendor.standings.set(account.uin, { ...settled, asOf: AS_OF });
  expect(await readServiceLines(account.uin)).toMatchObject({
    ...{ asOf: new Date(AS_OF), isAway: false },
    lines: { service_bills: { count: 0, numbers: [] } },
  });
  const nothing = { lines: {}, asOf: null };
  for (const fault of [{ status: 500 }, { status: 302 }, "strange", "cut"] as const) {
    vendor.faults.push(fault);
    expect(await readServiceLines(account.uin)).toEqual({ ...nothing, isAway: true });
  }
  for (const odd of [
    { apps: { count: -1 } },
    { bills: { count: 1, url: "javascript:alert(1)" } },
  ]) {
    vendor.standings.set(account.uin, { ...settled, asOf: AS_OF, ...odd });
    expect(await readServiceLines(account.uin)).toEqual({ ...nothing, isAway: true });
  }
  provide({ SERVICE_STANDING_KEY: "another" });
  expect(await readServiceLines(account.uin)).toEqual({ ...nothing, isAway: true });
  provide({ SERVICE_STANDING_URL: "" });
  expect(await readServiceLines(account.uin)).toEqual({ ...nothing, isAway: false });
});
