import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";

import { db } from "@/db/client";
import { numberSeries } from "@/db/schema";
import { giveAnswer } from "@/tests/support/answers";
import { acting } from "@/tests/support/context";
import { askedFor, freshly, ASKED_AT, givenSmallAccount } from "@/tests/support/deregistration";
import { givenCompleteDraft } from "@/tests/support/filing";
import { incidentForm, NOTICE_DAY, givenNoticeDesk } from "@/tests/support/notices";
import { givenAccount, givenMember, givenPerson, givenStaff } from "@/tests/support/people";
import { givenMajorChange } from "@/tests/support/policies";

import type { Person } from "./context";
import { requestDeregistration } from "./deregistrations/request";
import { nextNumber } from "./next-number";
import { openIncident } from "./incidents/open-incident";
import { logRequest } from "./requests/log";
import { submitRequest } from "./requests/submit";

const NOW = "2026-11-26 10:00";
let support: Person;

beforeAll(async () => {
  support = await givenStaff("support");
});

type Logged = Parameters<typeof logRequest>[1];
const log = (changes: Partial<Logged> = {}) =>
  logRequest(acting(support, NOW), {
    formId: randomUUID(),
    channel: "post",
    receivedAt: "2026-11-20T11:00:00+08:00",
    ticketNumber: "",
    capacity: "end_user",
    requesterName: "江一帆",
    email: "",
    accountName: "",
    replyTo: "广州市某路 1 号",
    locale: "zh-CN",
    type: "delete",
    ground: "a",
    uin: "",
    appName: "轻语",
    sdkAppId: "",
    facts: "请删除我的聊天记录。",
    list: "",
    files: [],
    ...changes,
  });

const countOf = (number: string) => Number(number.slice(-6));
const nextAfter = (number: string, steps = 1) =>
  `${number.slice(0, -6)}${String(countOf(number) + steps).padStart(6, "0")}`;

test("a form that is refused after its number was asked for gives the number back", async () => {
  const { number } = await log();
  const damaged = { fileName: "letter.pdf", bytes: new TextEncoder().encode("%PDF-1.7 cut") };
  for (let times = 0; times < 3; times += 1)
    await expect(log({ files: [damaged] })).rejects.toMatchObject({
      fields: { files: ["requests.errors.file.damaged"] },
    });
  expect(await log()).toMatchObject({ number: nextAfter(number) });
});

test("the same form sent at the same moment is one request with one number", async () => {
  const { number } = await log();
  const formId = randomUUID();
  const sent = await Promise.all(Array.from({ length: 6 }, () => log({ formId })));
  expect(new Set(sent.map((one) => one.number))).toEqual(new Set([nextAfter(number)]));
  expect(await log()).toMatchObject({ number: nextAfter(number, 2) });
});

test("requests filed and logged at once are numbered one after the other", async () => {
  const { number } = await log();
  const people = await Promise.all(Array.from({ length: 8 }, () => givenPerson("江一帆")));
  const drafts = await Promise.all(
    people.map(async (person) => ({ person, draftId: await givenCompleteDraft(person) })),
  );
  const filed = await Promise.all([
    ...drafts.map(({ person, draftId }) =>
      submitRequest(acting(person, NOW), { draftId, locale: "zh-CN" }),
    ),
    ...Array.from({ length: 8 }, () => log()),
  ]);
  expect(filed.map((one) => countOf(one.number)).toSorted((a, b) => a - b)).toEqual(
    filed.map((_, index) => countOf(number) + 1 + index),
  );
});

test("an incident that is refused takes no number", async () => {
  const desk = await givenNoticeDesk();
  const ctx = acting(desk.author, NOTICE_DAY.opened);
  const { number } = await openIncident(ctx, incidentForm(desk));
  const nobody = { ...incidentForm(desk), ownerId: randomUUID() };
  await expect(openIncident(ctx, nobody)).rejects.toThrow();
  expect(await openIncident(ctx, incidentForm(desk))).toMatchObject({ number: nextAfter(number) });
});

test("a deregistration that is refused takes no number", async () => {
  const numbers = [];
  for (let times = 0; times < 2; times += 1) {
    const { account, owner } = await givenSmallAccount();
    const ctx = freshly(owner, ASKED_AT);
    const wrong = { ...askedFor(account), typedName: "?" };
    await expect(requestDeregistration(ctx, wrong)).rejects.toThrow();
    numbers.push((await requestDeregistration(ctx, askedFor(account))).number);
  }
  expect(numbers[1]).toBe(nextAfter(numbers[0]!));
});

test("answers are numbered one after the other, by Shanghai's year", async () => {
  const { next, productId } = await givenMajorChange();
  const numbers = [];
  for (const at of ["2026-03-03 10:00", "2026-03-03 10:05"]) {
    const account = await givenAccount({ productId });
    const owner = await givenMember(account.id, "owner");
    const wish = { accountId: account.id, at };
    await expect(giveAnswer(owner, { ...next, contentHash: "other" }, wish)).rejects.toMatchObject({
      code: "conflict",
    });
    numbers.push((await giveAnswer(owner, next, wish)).receiptNumber);
  }
  expect(numbers[1]).toBe(nextAfter(numbers[0]!));

  const year = await db.transaction((tx) =>
    nextNumber({ ...acting(support, "2027-01-01 00:30"), tx }, "acknowledgement"),
  );
  expect(year).toBe(nextAfter(numbers[1]!).replace("A-2026", "A-2027"));
});

test("what fails gives its number back", async () => {
  const ask = (fails: boolean) =>
    db.transaction(async (tx) => {
      const number = await nextNumber({ ...acting(support, NOW), tx }, "deletion_receipt");
      if (fails) throw new Error("later");
      return number;
    });
  const first = await ask(false);
  await expect(ask(true)).rejects.toThrow("later");
  expect(await ask(false)).toBe(nextAfter(first));
});

test("the database lets a series go up by one only, and never go", async () => {
  await log();
  const series = eq(numberSeries.series, "request");
  const changes = [
    db
      .update(numberSeries)
      .set({ last: sql`${numberSeries.last} - 1` })
      .where(series),
    db
      .update(numberSeries)
      .set({ last: sql`${numberSeries.last} + 2` })
      .where(series),
    db.delete(numberSeries).where(series),
  ];
  for (const change of changes)
    await expect(change).rejects.toMatchObject({ cause: { code: "23001" } });
});
