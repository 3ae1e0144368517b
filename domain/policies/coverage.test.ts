import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { accounts, apps } from "@/db/schema";
import { confirmKnown } from "@/domain/inbox/know";
import { listInbox } from "@/domain/inbox/list";
import { giveAnswer } from "@/tests/support/answers";
import { acting, beijing } from "@/tests/support/context";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import {
  givenApproved,
  givenInForce,
  givenMajorChange,
  givenSubmitted,
  MAJOR_CHANGE,
} from "@/tests/support/policies";

import { exportCoverage, readCoverage } from "./coverage";
import { remindUnanswered } from "./remind";

const LATER = "2026-03-25 09:00";
const NONE = {
  ...{ all: 0, unanswered: 0, waiting: 0, deferred: 0, overdue: 0, joined_later: 0 },
  ...{ superseded: 0, waived: 0, not_asked: 0, acknowledged: 0, disagreed: 0 },
};

async function answersOf() {
  const change = await givenMajorChange();
  const { next, productId } = change;
  const [yes, no, silent] = [
    await givenAccount({ productId }),
    await givenAccount({ productId }),
    await givenAccount({ productId, apiOnly: true }),
  ];
  await givenAccount();
  const receipt = await giveAnswer(await givenMember(yes.id, "owner"), next, { accountId: yes.id });
  await giveAnswer(await givenMember(no.id, "legal"), next, {
    accountId: no.id,
    answer: "disagreed",
    reason: "不同意",
  });
  return { ...change, yes, no, silent, receipt };
}

test("P06: every account that integrates the product is counted, by SDK or by API alone", async () => {
  const { next, author } = await answersOf();

  const { totals, version } = await readCoverage(acting(author, LATER), { versionId: next.id });

  expect(totals).toEqual({
    ...NONE,
    all: 3,
    unanswered: 1,
    waiting: 1,
    acknowledged: 1,
    disagreed: 1,
  });
  expect(version).toMatchObject({ label: "2.0", asksForAnswers: true });
});

test("each account stands with its latest answer, its person and its receipt", async () => {
  const { next, author, yes, no, silent, receipt } = await answersOf();
  const { rows } = await readCoverage(acting(author, LATER), { versionId: next.id });
  const byId = new Map(rows.map((row) => [row.accountId, row]));

  expect(byId.get(yes.id)).toMatchObject({
    state: "acknowledged",
    receiptNumber: receipt.receiptNumber,
    memberRole: "owner",
    answeredAt: receipt.answeredAt,
  });
  expect(byId.get(no.id)).toMatchObject({ state: "disagreed", reason: "不同意" });
  expect(byId.get(silent.id)).toMatchObject({ state: "waiting", receiptNumber: null });
});

/** An account whose first app of the product came on a day. */
async function givenJoined(productId: string, createdAt: string) {
  const account = await givenAccount({ productId });
  await db
    .update(apps)
    .set({ createdAt: new Date(createdAt) })
    .where(eq(apps.accountId, account.id));
  return account;
}

test("an account that joined after the announcement and was never told is counted apart", async () => {
  const desk = await givenInForce();
  const told = await givenAccount({ productId: desk.productId });
  const reader = await givenMember(told.id, "owner");
  const next = await givenApproved(desk, MAJOR_CHANGE);
  const late = await givenJoined(desk.productId, "2026-03-10T00:00:00Z");
  const answered = await givenJoined(desk.productId, "2026-03-10T00:00:00Z");
  await giveAnswer(await givenMember(answered.id, "owner"), next, { accountId: answered.id });
  const ofReader = await givenJoined(desk.productId, "2026-03-10T00:00:00Z");
  await givenMember(ofReader.id, "owner", { also: reader });
  const unpeopled = await givenAccount({ productId: desk.productId });
  const read = () => readCoverage(acting(desk.author, LATER), { versionId: next.id });

  const { totals, rows } = await read();

  expect(totals).toEqual({
    ...NONE,
    ...{ all: 5, unanswered: 3, waiting: 3, joined_later: 1, acknowledged: 1 },
  });
  expect(Object.fromEntries(rows.map(({ accountId, state }) => [accountId, state]))).toEqual({
    [told.id]: "waiting",
    [late.id]: "joined_later",
    [answered.id]: "acknowledged",
    [ofReader.id]: "waiting",
    [unpeopled.id]: "waiting",
  });

  await givenMember(late.id, "owner");
  expect((await read()).totals).toMatchObject({ unanswered: 3, joined_later: 1 });
  await remindUnanswered(acting(desk.author, LATER), { versionId: next.id });
  expect((await read()).totals).toMatchObject({ unanswered: 4, joined_later: 0 });
});

test("of a version that asks nothing no account owes an answer", async () => {
  const desk = await givenInForce();
  await givenAccount({ productId: desk.productId });
  const quiet = await givenApproved(desk, { ...MAJOR_CHANGE, major: [] });
  await givenJoined(desk.productId, "2026-03-10T00:00:00Z");

  for (const { id } of [desk.first, quiet]) {
    const read = (show: "all" | "unanswered" | "not_asked") =>
      readCoverage(acting(desk.author, LATER), { versionId: id, show });

    const { totals, version } = await read("all");

    expect(version.asksForAnswers).toBe(false);
    expect(totals).toEqual({ ...NONE, all: 2, not_asked: 2 });
    expect((await read("not_asked")).rows).toHaveLength(2);
    expect((await read("unanswered")).rows).toEqual([]);
  }
});

test("a filter shows one kind", async () => {
  const { next, author, yes, no, silent } = await answersOf();
  const shown = async (show: "unanswered" | "acknowledged" | "disagreed") => {
    const { rows } = await readCoverage(acting(author, LATER), { versionId: next.id, show });
    return rows.map(({ accountId }) => accountId);
  };

  expect(await shown("unanswered")).toEqual([silent.id]);
  expect(await shown("acknowledged")).toEqual([yes.id]);
  expect(await shown("disagreed")).toEqual([no.id]);
});

test("a long list is turned page by page, nobody twice and nobody missing", async () => {
  const { next, author, productId } = await givenMajorChange();
  for (let n = 0; n < 53; n += 1) await givenAccount({ productId });

  const first = await readCoverage(acting(author, LATER), { versionId: next.id });
  const second = await readCoverage(acting(author, LATER), {
    versionId: next.id,
    page: first.next!,
  });

  expect([first.rows.length, second.rows.length, second.next]).toEqual([50, 3, null]);
  const ids = [...first.rows, ...second.rows].map(({ accountId }) => accountId);
  expect(new Set(ids).size).toBe(53);
});

test("a file gets the same rows in one go", async () => {
  const { next, author } = await answersOf();

  const page = await readCoverage(acting(author, LATER), { versionId: next.id });
  const file = await exportCoverage(acting(author, LATER), { versionId: next.id });

  expect(file.rows).toEqual(page.rows);
  expect(file.next).toBeNull();
});

test("a draft has no coverage", async () => {
  const desk = await givenInForce();
  const { id } = await givenSubmitted(desk, MAJOR_CHANGE);

  await expect(readCoverage(acting(desk.author, LATER), { versionId: id })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("developers do not see who else has answered", async () => {
  const { next, yes } = await answersOf();
  const owner = await givenMember(yes.id, "owner");

  for (const person of [owner, await givenStaff("handler")]) {
    await expect(readCoverage(acting(person, LATER), { versionId: next.id })).rejects.toMatchObject(
      { code: "not_allowed" },
    );
  }
});

test("P06: the course of the answers ends with the totals beside it; an answer changed moves over", async () => {
  const { next, author, no } = await answersOf();
  const before = await readCoverage(acting(author, LATER), { versionId: next.id });
  await giveAnswer(await givenMember(no.id, "owner"), next, {
    accountId: no.id,
    at: "2026-03-09 10:00",
  });
  await remindUnanswered(acting(author, LATER), { versionId: next.id });
  const { course, totals } = await readCoverage(acting(author, LATER), { versionId: next.id });

  expect(before.course?.steps).toEqual([
    { at: beijing("2026-03-03 10:00"), acknowledged: 1, disagreed: 1 },
  ]);
  expect(course?.steps.slice(1)).toEqual([
    { at: beijing("2026-03-09 10:00"), acknowledged: 2, disagreed: 0 },
  ]);
  expect(course?.steps.at(-1)).toMatchObject({
    acknowledged: totals.acknowledged,
    disagreed: totals.disagreed,
  });
  expect(course?.remindedAt).toEqual([beijing(LATER)]);
});

test("the accounts of a version are narrowed to a tier, on the page as in the file", async () => {
  const { next, author, yes, no } = await answersOf();
  await db.update(accounts).set({ tier: "旗舰版" }).where(eq(accounts.id, yes.id));
  await db.update(accounts).set({ tier: "旗舰版（试用）" }).where(eq(accounts.id, no.id));
  const ctx = acting(author, LATER);
  const wanted = { versionId: next.id, tier: "旗舰版" };
  for (const { rows } of [await readCoverage(ctx, wanted), await exportCoverage(ctx, wanted)])
    expect(rows).toMatchObject([{ accountId: yes.id, tier: "旗舰版" }]);
});

test("P04: who says that they know of a minor change is counted beside the answers, and in none of them", async () => {
  const desk = await givenInForce();
  const account = await givenAccount({ productId: desk.productId });
  const people = [
    await givenMember(account.id, "owner"),
    await givenMember(account.id, "viewer"),
    await givenMember(account.id, "member"),
  ];
  const minor = { label: "1.1", effectiveDate: "2026-04-20", at: "2026-04-10 10:00", major: [] };
  const version = await givenApproved(desk, minor);
  for (const one of people.slice(1)) {
    const ctx = acting(one, "2026-04-11 09:00");
    const [message] = (await listInbox(ctx, {})).rows;
    await confirmKnown(ctx, { id: message!.id, statement: "我已知悉。", locale: "zh-CN" });
  }
  const ctx = acting(await givenStaff("author"), "2026-04-12 09:00");
  const { known, totals } = await readCoverage(ctx, { versionId: version.id });
  expect(known).toEqual({ people: 2, accounts: 1 });
  expect(totals).toEqual({ ...NONE, all: 1, not_asked: 1 });
});
