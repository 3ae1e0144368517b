import { expect, test } from "vitest";

import { acting, beijing } from "@/tests/support/context";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { givenMajorChange } from "@/tests/support/policies";
import { givenRequest, givenRequestDesk, givenRouted } from "@/tests/support/requests";
import { resetDatabase } from "@/tests/support/reset-database";
import { statementsOf } from "@/tests/support/statements";

import { enterKnownYears } from "./calendar/known-years";
import { asJob } from "./context";
import { countCoverage, readCoverage } from "./policies/coverage";
import { listOwnAccountsFor } from "./policies/own-answers";
import { mailDigests } from "./requests/mail-digests";
import { previewDueDates } from "./requests/preview-due-dates";
import { listOwnRequests, listRoutedRequests, listWaitingRequests } from "./requests/read-own";
import { remindRequests } from "./requests/remind";

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

/** Statements that ask, beside those that write what each is told. */
const questionsOf = async (work: () => Promise<unknown>) =>
  (await statementsOf(work)).filter(
    (text) => /^select/i.test(text.trim()) && !text.includes("graphile_worker"),
  ).length;

test("twenty cases are reminded of, and summed up for seven handlers, by as many questions as two for two", async () => {
  await resetDatabase();
  await enterKnownYears(asJob("setup", beijing("2026-01-05 09:00")));
  const { handler } = await givenRequestDesk();
  const requester = await givenStaff();
  const morning = (time: string) => asJob("remind-requests", beijing(`2026-03-${time}`));
  /** One that nobody has taken, and one that is with a developer. */
  const givenTwo = async () => {
    await givenRequest(requester.id);
    await givenRouted(await givenRequest(requester.id), handler);
  };

  await givenTwo();
  const remindsOne = await questionsOf(() => remindRequests(morning("18 09:00"), {}));
  const sumsOneUp = await questionsOf(() => mailDigests(morning("18 11:00"), {}));
  for (let count = 1; count < 10; count += 1) await givenTwo();
  for (let count = 2; count < 7; count += 1) await givenStaff("handler");
  expect(await questionsOf(() => remindRequests(morning("23 09:00"), {}))).toBe(remindsOne);
  // There was nothing to sum up the first time; what starts asks once by which routes it leaves.
  expect(await questionsOf(() => mailDigests(morning("23 11:00"), {}))).toBe(sumsOneUp + 1);
});
