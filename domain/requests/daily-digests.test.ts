import { eq, inArray } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { digestItems, handlerChoices, requests } from "@/db/schema";
import { asJob, type Person } from "@/domain/context";
import { mailAllDailyDigests } from "@/jobs/due";
import { acting, beijing } from "@/tests/support/context";
import { givenFiled } from "@/tests/support/filing";
import { givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import { givenRequestDesk, updatesTo } from "@/tests/support/requests";
import { resetDatabase } from "@/tests/support/reset-database";
import { requestWords } from "@/wording/request-update";

import { sendDigests } from "../broadcasts/send-digests";
import { enterKnownYears } from "../calendar/known-years";
import { erasePeople, eraseWaysIn } from "../retention/erase-people";
import { assignRequest, assignRequests } from "./assign";
import { mailDailyDigests } from "./daily-digests";
import { chooseHandlerMails, type HandlerPaces, readHandlerMails } from "./handler-choices";
import { mailDigests } from "./mail-digests";
import { remindRequests } from "./remind";
import { writeToHandler } from "./write-to-handler";

const AT_ONCE: HandlerPaces = {
  ...{ assigned: "at_once", own_due: "at_once", open_due: "at_once" },
  ...{ queue: "at_once", requester: "at_once" },
};
const DAILY: HandlerPaces = {
  ...{ assigned: "daily", own_due: "daily", open_due: "daily", queue: "daily", requester: "daily" },
};
const NEVER: HandlerPaces = {
  ...{ assigned: "never", own_due: "daily", open_due: "never", queue: "never", requester: "never" },
};

let handler: Person;
let colleague: Person;
let requester: Person;

beforeAll(async () => {
  await resetDatabase();
  await enterKnownYears(asJob("setup", beijing("2026-01-05 09:00")));
});
beforeEach(async () => {
  await db.update(requests).set({ status: "withdrawn" });
  ({ handler, colleague } = await givenRequestDesk());
  requester = await givenStaff();
});

const choose = (person: Person, mails: HandlerPaces, at = "2026-11-23 08:00") =>
  chooseHandlerMails(acting(person, at), { mails });
const filedAt = (at: string, wish: Parameters<typeof givenFiled>[1] = {}) =>
  givenFiled(requester, { ...wish, at });
const gather = (at: string) => mailAllDailyDigests(beijing(at), () => false);
const remind = (day: string) =>
  remindRequests(asJob("remind-requests", beijing(`${day} 08:45`)), {});
const seen = async (number: string) => {
  const [found] = await db.select().from(requests).where(eq(requests.number, number));
  return { number, revision: found?.revision ?? -1 };
};
const assign = async (number: string, to: Person, at: string) =>
  assignRequest(acting(colleague, at), { ...(await seen(number)), handlerId: to.id });

const mailsTo = async (person: Person) =>
  (await updatesTo("email", person)).map(({ event, waiting }) => [event, waiting?.count ?? 1]);

test("who chose a daily digest has in the site at once what comes, and one mail of it the next morning", async () => {
  await choose(handler, DAILY);
  const first = await filedAt("2026-11-23 10:00");
  const second = await filedAt("2026-11-23 10:05");
  await assign(second, handler, "2026-11-23 11:00");
  await writeToHandler(acting(requester, "2026-11-23 12:00"), {
    ...{ number: second, body: "补充说明。", file: null },
  });
  expect(await updatesTo("inbox", handler)).toHaveLength(4);
  // Neither the hour's digest of who has it at once, nor the day's of accounts, takes it.
  await mailDigests(asJob("mail-digests", beijing("2026-11-23 13:00")), {});
  await sendDigests(asJob("send-digests", beijing("2026-11-24 09:00")), {});
  await gather("2026-11-24 08:59");
  expect(await mailsTo(handler)).toEqual([]);

  await gather("2026-11-24 09:00");
  await gather("2026-11-24 09:01");
  expect(await mailsTo(handler)).toEqual([["handler_daily", 2]]);
  const [digest] = await updatesTo("email", handler);
  const words = requestWords(digest!, "zh-CN");
  expect(words.title).toBe("每日汇总：2 项请求");
  expect(words.facts.map(({ term }) => term.split(" ")[0])).toEqual([first, second]);
  expect(words.action.href).toBe("/ops/requests?view=open");
});

test("a digest leaves out what is answered, what others have taken, and what is not wanted any more", async () => {
  await choose(handler, DAILY);
  const [taken, over] = [await filedAt("2026-11-23 10:00"), await filedAt("2026-11-23 10:01")];
  await assign(taken, colleague, "2026-11-23 11:00");
  await db.update(requests).set({ status: "withdrawn" }).where(eq(requests.number, over));
  await gather("2026-11-24 09:00");
  expect(await mailsTo(handler)).toEqual([]);

  await filedAt("2026-11-24 10:00");
  await choose(handler, NEVER, "2026-11-24 11:00");
  await gather("2026-11-25 09:00");
  expect(await mailsTo(handler)).toEqual([]);

  // With the next digest it goes.
  await choose(handler, { ...NEVER, queue: "daily" }, "2026-11-25 10:00");
  await db.update(requests).set({ status: "withdrawn" }).where(eq(requests.status, "received"));
  const fresh = await filedAt("2026-11-25 11:00");
  await gather("2026-11-26 09:00");
  const [digest] = await updatesTo("email", handler);
  expect(digest?.waiting?.nearest.map(({ number }) => number)).toEqual([fresh]);
  const left = await db.select().from(digestItems).where(eq(digestItems.userId, handler.id));
  expect(left).toMatchObject([{ digestId: expect.any(String) }]);
});

test("each thing stands in one digest, and there is one a day, over workers that are killed and two at a time", async () => {
  await choose(handler, DAILY);
  await filedAt("2026-11-23 10:00");
  const killed = db.transaction(async (tx) => {
    const job = asJob("mail-digests", beijing("2026-11-24 09:00"));
    expect(await mailDailyDigests({ ...job, tx }, {})).not.toBe(0);
    throw new Error("killed");
  });
  await expect(killed).rejects.toThrow("killed");
  expect(await mailsTo(handler)).toEqual([]);

  await Promise.all([1, 2, 3].map(() => gather("2026-11-24 09:00")));
  expect(await mailsTo(handler)).toEqual([["handler_daily", 1]]);
  // What comes after nine waits for the next day.
  await filedAt("2026-11-24 09:30");
  await gather("2026-11-24 23:00");
  expect(await mailsTo(handler)).toHaveLength(1);
  await gather("2026-11-25 09:00");
  expect((await mailsTo(handler)).at(-1)).toEqual(["handler_daily", 1]);
  const named = await db.select().from(digestItems).where(eq(digestItems.userId, handler.id));
  expect(named.map(({ digestId }) => digestId).filter((id) => id === null)).toEqual([]);
});

test("P47: the day of one's own case may wait for the digest, is never off, and on its last day comes at once", async () => {
  await choose(handler, NEVER);
  const number = await filedAt("2026-11-23 10:00");
  await assign(number, handler, "2026-11-23 10:30");
  expect(await mailsTo(handler)).toEqual([]);
  // Due on 14 December: five working days before it, and on it.
  await remind("2026-12-07");
  await gather("2026-12-07 09:00");
  expect(await mailsTo(handler)).toEqual([["handler_daily", 1]]);
  await remind("2026-12-14");
  expect((await mailsTo(handler)).at(-1)).toEqual(["handler_reminded", 1]);

  const off = { ...NEVER, own_due: "never" } as unknown as HandlerPaces;
  await expect(choose(handler, off)).rejects.toThrow();
  await expect(
    db.insert(handlerChoices).values({ userId: requester.id, matter: "own_due", pace: "never" }),
  ).rejects.toThrow();
});

test("P38, P47: whatever is chosen, everybody is mailed at once of child data and of what nobody has taken by its last day", async () => {
  await choose(handler, NEVER);
  await filedAt("2026-11-23 10:00");
  await filedAt("2026-11-23 10:01", { capacity: "guardian", type: "child_data" });
  expect(await mailsTo(handler)).toEqual([["handler_filed", 1]]);
  expect(await updatesTo("email", handler)).toMatchObject([{ isUrgent: true }]);
  await db.update(requests).set({ status: "withdrawn" }).where(eq(requests.type, "child_data"));
  await remind("2026-12-07");
  expect(await mailsTo(handler)).toHaveLength(1);
  await remind("2026-12-14");
  expect((await mailsTo(handler)).at(-1)).toEqual(["handler_reminded", 1]);
});

test("who is given cases by a colleague is told: of one by itself, of several in one mail, of one's own hand nothing", async () => {
  const numbers = [];
  for (const minute of [1, 2, 3]) numbers.push(await filedAt(`2026-11-23 10:0${minute}`));
  const [one = "", ...others] = numbers;
  await choose(handler, { ...AT_ONCE, queue: "never" });
  await assign(one, handler, "2026-11-23 11:00");
  const cases = await Promise.all(
    others.map(async (number) => `${number} ${(await seen(number)).revision}`),
  );
  await assignRequests(acting(colleague, "2026-11-23 11:30"), { cases, handlerId: handler.id });
  const assigned = (await updatesTo("email", handler)).filter(
    ({ event }) => event === "handler_assigned",
  );
  expect(assigned.map((facts) => requestWords(facts, "zh-CN").title)).toEqual([
    `请求 ${one} 已分派给您`,
    "2 项请求已分派给您",
  ]);
  const before = (await updatesTo("inbox", colleague)).length;
  await assign(one, colleague, "2026-11-23 12:00");
  expect(await updatesTo("inbox", colleague)).toHaveLength(before);
});

test("of cases that were given together, the digest counts each that is still theirs", async () => {
  await choose(handler, { ...AT_ONCE, assigned: "daily", queue: "never" });
  const numbers = [];
  for (const minute of [1, 2, 3]) numbers.push(await filedAt(`2026-11-23 10:0${minute}`));
  const cases = await Promise.all(
    numbers.map(async (number) => `${number} ${(await seen(number)).revision}`),
  );
  await assignRequests(acting(colleague, "2026-11-23 11:30"), { cases, handlerId: handler.id });
  // The first of them, by which they were told, is over by then.
  await db.update(requests).set({ status: "withdrawn" }).where(eq(requests.number, numbers[0]!));
  await gather("2026-11-24 09:00");
  const [digest] = await updatesTo("email", handler);
  expect(digest).toMatchObject({ event: "handler_daily", waiting: { count: 2 } });
  expect(digest?.waiting?.nearest.map(({ number }) => number)).toEqual(numbers.slice(1));
  await gather("2026-11-25 09:00");
  expect(await mailsTo(handler)).toHaveLength(1);
});

test("what is chosen is on record once, is read again, and goes with the person", async () => {
  expect(await readHandlerMails(acting(handler, "2026-11-23 08:00"), {})).toEqual(AT_ONCE);
  await choose(handler, DAILY);
  await choose(handler, DAILY);
  await choose(handler, NEVER);
  expect(await readHandlerMails(acting(handler, "2026-11-23 08:00"), {})).toEqual(NEVER);
  expect(await recordOf(handler.id)).toEqual([
    "person.changed_handler_mails",
    "person.changed_handler_mails",
  ]);
  await expect(choose(requester, DAILY)).rejects.toThrow();
  await db.transaction(async (tx) => {
    await eraseWaysIn(tx, [handler]);
    await erasePeople(tx, { leavers: [handler], now: beijing("2026-11-24 12:00") });
  });
  expect(
    await db
      .select()
      .from(handlerChoices)
      .where(inArray(handlerChoices.userId, [handler.id])),
  ).toEqual([]);
});
