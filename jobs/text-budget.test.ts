import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { endpoints } from "@/db/schema";
import { claimDispatches } from "@/domain/broadcasts/claim-dispatches";
import { asJob } from "@/domain/context";
import { findNotice } from "@/domain/incidents/find-notice";
import { env, provide } from "@/lib/env";
import { startEndpoints } from "@/stand-ins/endpoints/start";
import { acting, beijing } from "@/tests/support/context";
import { dispatchesTo, givenNumber, smsSettings } from "@/tests/support/endpoints";
import {
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
} from "@/tests/support/notices";
import { givenMember } from "@/tests/support/people";
import { resetDatabase } from "@/tests/support/reset-database";

import { postDispatches } from "./post-dispatches";

const NOW = "2026-11-20 09:30";
let receiver: Awaited<ReturnType<typeof startEndpoints>>;
let desk: Awaited<ReturnType<typeof givenNoticeDesk>>;
let affected: Awaited<ReturnType<typeof givenAffected>>;
let numbers: string[];

beforeAll(async () => {
  receiver = await startEndpoints();
  provide({ ENDPOINT_HOSTS: receiver.host, ...smsSettings(receiver.url) });
  await resetDatabase();
});
afterAll(async () => {
  provide({ SMS_OPERATOR: "", SMS_BUDGET_TELLING: "1000", SMS_BUDGET_DAY: "2000" });
  await receiver.close();
});
beforeEach(async () => {
  desk = await givenNoticeDesk();
  affected = await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
  const others = [
    await givenMember(affected.account.id, "owner"),
    await givenMember(affected.account.id, "owner"),
  ];
  numbers = [];
  for (const [at, one] of [affected.owner, ...others].entries())
    numbers.push((await givenNumber(one, `+861390000${1000 + at}`)).endpointId);
});

async function givenDraft(severity: "major" | "general" = "major") {
  const incident = await givenIncident(desk, { visibility: "affected", severity });
  const audience = { named: affected.app.sdkAppId };
  return givenNotice(desk, { incidentId: incident.id, audience });
}

const textsOf = async ({ id: noticeId }: { id: string }) =>
  (await findNotice(acting(desk.author, NOW), { noticeId })).texts;

/** Posts what the budget of the day of NOW leaves, two workers at once: whenever the test runs, it is that day's. */
async function post() {
  const job = asJob("post-dispatches", beijing(NOW));
  await Promise.all([claimDispatches(job, { most: 0 }), claimDispatches(job, { most: 0 })]);
  await Promise.all([postDispatches(() => false), postDispatches(() => false)]);
}

/** What became of all messages to the three. */
const states = async () =>
  (await Promise.all(numbers.map(dispatchesTo)))
    .flat()
    .map(({ status, reason }) => reason ?? status);

test("P18: the budget of a telling and of a day over all people is said before the approval, and held", async () => {
  const draft = await givenDraft();
  const sentToday = env().SMS_BUDGET_DAY - ((await textsOf(draft))?.leftToday ?? 0);
  provide({ SMS_BUDGET_TELLING: "2", SMS_BUDGET_DAY: String(sentToday + 3) });
  expect(await textsOf(draft)).toEqual({ numbers: 3, perTelling: 2, leftToday: 3, over: 1 });
  // Of a lesser incident none is sent.
  expect(await textsOf(await givenDraft("general"))).toBeNull();

  await published(desk, draft, { typedPeople: 3 });
  await post();
  expect((await states()).toSorted()).toEqual(["accepted", "accepted", "budget"]);

  // One is left of the day, over all tellings.
  const next = await givenDraft();
  expect(await textsOf(next)).toEqual({ numbers: 3, perTelling: 2, leftToday: 1, over: 2 });
  await db.update(endpoints).set({ nextPostAt: null });
  receiver.sms.forget();
  await published(desk, next, { typedPeople: 3 });
  await post();
  expect((await states()).toSorted()).toEqual([
    ...["accepted", "accepted", "accepted"],
    ...["budget", "budget", "budget"],
  ]);
  expect(receiver.received.filter(({ isTaken }) => isTaken)).toHaveLength(3);
});
