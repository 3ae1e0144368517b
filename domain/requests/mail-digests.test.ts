import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test, vi } from "vitest";

import { db } from "@/db/client";
import { requests } from "@/db/schema";
import { asJob, type Person } from "@/domain/context";
import { acting, beijing } from "@/tests/support/context";
import { givenFiled } from "@/tests/support/filing";
import { givenStaff } from "@/tests/support/people";
import { givenRequestDesk, updatesTo } from "@/tests/support/requests";
import { resetDatabase } from "@/tests/support/reset-database";
import { requestWords } from "@/wording/request-update";

import { enterKnownYears } from "../calendar/known-years";
import { assignRequest } from "./assign";
import { takeMailTurns } from "./handler-mails";
import { mailDigests } from "./mail-digests";

let handler: Person;
let colleague: Person;
let requester: Person;

beforeEach(async () => {
  await resetDatabase();
  await enterKnownYears(asJob("setup", beijing("2026-01-05 09:00")));
  ({ handler, colleague } = await givenRequestDesk());
  requester = await givenStaff();
});

const filedAt = (time: string, wish: Parameters<typeof givenFiled>[1] = {}) =>
  givenFiled(requester, { ...wish, at: `2026-11-23 ${time}` });
const digestsAt = (time: string) =>
  mailDigests(asJob("mail-digests", beijing(`2026-11-23 ${time}`)), {});

const mailsTo = async (person: Person) =>
  (await updatesTo("email", person)).map(({ event, waiting }) => [event, waiting?.count ?? 1]);

test("reminders that ask for one handler after another and a filing do not wait for each other for ever", async () => {
  const [first, second] = [handler.id, colleague.id].toSorted();
  const now = beijing("2026-11-23 10:00");
  await db.transaction((tx) => takeMailTurns(tx, [first!, second!], now));
  const later = beijing("2026-11-23 12:00");
  let filing: Promise<unknown> | undefined;

  await db.transaction(async (reminding) => {
    await takeMailTurns(reminding, [second!], later);
    filing = db.transaction((tx) => takeMailTurns(tx, [first!, second!], later));
    filing.catch(() => undefined);
    // It has as much as it can have, and waits.
    await untilSomebodyWaits();
    await takeMailTurns(reminding, [first!], later);
  });

  await expect(filing).resolves.toEqual(new Set());
});

/** Until a connection of this database waits for a lock of another. */
const untilSomebodyWaits = () =>
  vi.waitUntil(
    async () =>
      (
        await db.execute(sql`
          select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
      ).rowCount === 1,
    { timeout: 10_000, interval: 20 },
  );

test("of many filings a handler gets the first by mail at once, then one mail an hour with their number", async () => {
  for (let minute = 10; minute < 40; minute += 1) await filedAt(`10:${minute}`);
  expect(await mailsTo(handler)).toEqual([["handler_filed", 1]]);
  expect(await updatesTo("inbox", handler)).toHaveLength(30);

  await digestsAt("10:59");
  expect(await mailsTo(handler)).toHaveLength(1);
  await digestsAt("11:11");
  await digestsAt("11:12");
  await filedAt("11:30");
  await digestsAt("12:10");
  expect(await mailsTo(handler)).toEqual([
    ["handler_filed", 1],
    ["handler_digest", 29],
  ]);
  await digestsAt("12:12");
  await digestsAt("13:30");
  const mails = await mailsTo(handler);
  expect(mails.slice(2)).toEqual([["handler_digest", 1]]);
  expect(await mailsTo(colleague)).toEqual(mails);
  expect(await updatesTo("inbox", handler)).toHaveLength(31);
});

test("a digest names those that are due first, and leads to the requests nobody has taken", async () => {
  await filedAt("10:00");
  const numbers = [];
  for (const minute of [1, 2, 3, 4, 5, 6, 7]) numbers.push(await filedAt(`10:0${minute}`));
  const [taken = "", ...left] = numbers;
  const [{ revision } = { revision: 0 }] = await db
    .select()
    .from(requests)
    .where(eq(requests.number, taken));
  await assignRequest(acting(colleague, "2026-11-23 10:30"), {
    ...{ number: taken, revision, handlerId: colleague.id },
  });
  await digestsAt("11:00");

  const digest = (await updatesTo("email", handler)).at(-1);
  if (!digest) throw new Error("no digest");
  expect(digest.waiting?.count).toBe(6);
  const words = requestWords(digest, "zh-CN");
  expect(words.title).toContain("6 项");
  expect(words.facts).toEqual(
    left.slice(0, 5).map((number) => ({
      term: expect.stringContaining(number),
      value: expect.stringContaining("2026年12月"),
    })),
  );
  expect(words.action.href).toBe("/ops/requests?view=unassigned");
});

test("P38: child data is mailed at once to each handler, however many there are, and takes no turn", async () => {
  const child = { capacity: "guardian", type: "child_data" } as const;
  for (const minute of ["01", "02", "03"]) await filedAt(`10:${minute}`, child);
  await filedAt("10:04");
  expect(await mailsTo(handler)).toEqual(Array.from({ length: 4 }, () => ["handler_filed", 1]));
  expect((await digestsAt("11:30")).mailed).toBe(0);
});

test("filings of one moment share one turn", async () => {
  await Promise.all(Array.from({ length: 8 }, () => filedAt("10:00")));
  expect(await mailsTo(handler)).toEqual([["handler_filed", 1]]);
  await digestsAt("11:00");
  expect((await mailsTo(handler)).at(-1)).toEqual(["handler_digest", 7]);
});
