import { expect, test } from "vitest";

import { acting } from "@/tests/support/context";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { givenMajorChange } from "@/tests/support/policies";
import { givenRequest } from "@/tests/support/requests";
import { statementsOf } from "@/tests/support/statements";

import { countCoverage, readCoverage } from "./policies/coverage";
import { listOwnAccountsFor } from "./policies/own-answers";
import { previewDueDates } from "./requests/preview-due-dates";
import { listOwnRequests, listRoutedRequests, listWaitingRequests } from "./requests/read-own";

const AT = "2026-11-20 12:00";

test("five accounts are read by as many statements as one", async () => {
  const { next, productId } = await givenMajorChange();
  const one = await givenMember((await givenAccount({ productId })).id, "owner");
  let many = one;
  for (let count = 1; count < 5; count += 1)
    many = await givenMember((await givenAccount({ productId })).id, "owner", { also: many });

  const asks = (person: typeof one) =>
    statementsOf(() => listOwnAccountsFor(acting(person, AT), { versionId: next.id }));
  expect((await asks(many)).length).toBe((await asks(one)).length);
  const { accounts } = await listOwnAccountsFor(acting(many, AT), { versionId: next.id });
  expect(accounts.map(({ binders }) => binders)).toEqual(Array(5).fill(["成员 owner"]));
});

test("the answers to several versions are counted by as many statements as to one, alike", async () => {
  const versions = [await givenMajorChange(), await givenMajorChange()];
  for (const { productId } of versions) await givenAccount({ productId });
  const ctx = acting(await givenStaff("author"), AT);
  const versionIds = versions.map(({ next }) => next.id);

  const one = await statementsOf(() => countCoverage(ctx, { versionIds: versionIds.slice(1) }));
  const both = await statementsOf(() => countCoverage(ctx, { versionIds }));
  expect(both.length).toBe(one.length);
  for (const { id, totals, asksForAnswers } of await countCoverage(ctx, { versionIds })) {
    const whole = await readCoverage(ctx, { versionId: id });
    expect(totals).toEqual(whole.totals);
    expect(asksForAnswers).toBe(whole.version.asksForAnswers);
  }
});

test("a year's calendar is tried on twenty open cases by as many statements as on one", async () => {
  const ctx = acting(await givenStaff("admin"), AT);
  const year = { year: 2027, isComplete: true, days: [] };
  await givenRequest(null);
  const one = await statementsOf(() => previewDueDates(ctx, year));
  for (let count = 1; count < 20; count += 1) await givenRequest(null);
  expect((await statementsOf(() => previewDueDates(ctx, year))).length).toBe(one.length);
});

test("a visit counts the days of all the requests it shows by one reading of the calendar", async () => {
  const member = await givenMember((await givenAccount({})).id, "owner");
  const ctx = { ...acting(member, AT), visit: { writes: 0 } };
  const asked = await statementsOf(() =>
    Promise.all([
      listWaitingRequests(ctx, {}),
      listOwnRequests(ctx, {}),
      listRoutedRequests(ctx, { shelf: "ended" }),
    ]),
  );
  expect(asked.filter((text) => text.includes('from "calendar_days"'))).toHaveLength(1);
});
