import { and, eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, deliveries, type Request, staffRoles } from "@/db/schema";
import { asJob, type Person } from "@/domain/context";
import { acting, beijing } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import {
  asSeen,
  givenRequestDesk,
  givenRequest,
  givenRouted,
  givenTaken,
} from "@/tests/support/requests";
import { resetDatabase } from "@/tests/support/reset-database";

import { readFacts } from "../broadcasts/facts";
import { enterKnownYears } from "../calendar/known-years";
import { remindRequests } from "./remind";
import { takeBack } from "./route";

let handler: Person;
let colleague: Person;
let requester: Person;

beforeEach(async () => {
  await resetDatabase();
  await enterKnownYears(asJob("setup", beijing("2026-01-05 09:00")));
  ({ handler, colleague } = await givenRequestDesk());
  requester = await givenStaff();
});

const remindAt = (time: string) => remindRequests(asJob("remind-requests", beijing(time)), {});

/** Each reminder of a request: whom of, how many working days before. */
async function reminders(request: Request) {
  const rows = await db
    .select({ facts: broadcasts.facts, userId: deliveries.userId })
    .from(broadcasts)
    .innerJoin(deliveries, eq(deliveries.broadcastId, broadcasts.id))
    .where(
      and(
        eq(broadcasts.subjectId, request.id),
        eq(deliveries.channel, "email"),
        sql`${broadcasts.facts} ->> 'event' like '%_reminded'`,
      ),
    )
    .orderBy(broadcasts.startedAt, sql`${broadcasts}.ctid`);
  return rows.map(({ facts, userId }) => {
    const told = readFacts("request_update", facts);
    if (told.kind !== "request_update") throw new Error("no update of a request");
    const { event, workingDaysLeft } = told.facts;
    return { event, left: workingDaysLeft, userId };
  });
}

test("P47: a handler is reminded five and two working days before, on the day, and once it has passed", async () => {
  const request = await givenRequest(requester.id); // Received 2 March, due 23 March 2026.
  await givenTaken(request, handler);
  await remindAt("2026-03-13 09:00");
  expect(await reminders(request)).toEqual([]);
  for (const day of ["03-16", "03-17", "03-18", "03-19", "03-20", "03-23", "03-24", "03-25"])
    await remindAt(`2026-${day} 09:00`);
  expect(await reminders(request)).toEqual(
    [5, 2, 0, -1].map((left) => ({ event: "handler_reminded", left, userId: handler.id })),
  );
  expect(
    (await recordOf(request.id)).filter((action) => action === "request.reminded"),
  ).toHaveLength(4);
});

test("a missed run is made up for, a second one on the same day tells nobody again", async () => {
  const request = await givenRequest(requester.id);
  await givenTaken(request, handler);
  expect(await remindAt("2026-03-20 09:00")).toEqual({ sent: 1 });
  expect(await remindAt("2026-03-20 09:05")).toEqual({ sent: 0 });
  expect((await reminders(request)).map(({ left }) => left)).toEqual([1]);
});

test("nobody is reminded on a day of rest, nor of what is answered or withdrawn", async () => {
  const request = await givenRequest(requester.id);
  await givenTaken(request, handler);
  expect(await remindAt("2026-03-21 09:00")).toEqual({ sent: 0 });
  await givenRequest(requester.id, { status: "withdrawn" });
  await givenRequest(requester.id, { status: "fulfilled" });
  expect(await remindAt("2026-03-23 09:00")).toEqual({ sent: 1 });
});

test("what nobody has taken is every handler's, but not the requester's", async () => {
  const request = await givenRequest(colleague.id);
  await remindAt("2026-03-18 09:00");
  expect((await reminders(request)).map(({ userId }) => userId)).toEqual([handler.id]);
});

test("a case of somebody who is no handler any more is every handler's, and not told to them", async () => {
  const request = await givenRequest(requester.id);
  await givenTaken(request, handler);
  await db.delete(staffRoles).where(eq(staffRoles.userId, handler.id));
  await remindAt("2026-03-16 09:00");
  expect(await reminders(request)).toEqual([
    { event: "handler_reminded", left: 5, userId: colleague.id },
  ]);
});

test("P28: the signatories of the developer's account are reminded of their own day, until they answer or it is taken back", async () => {
  const request = await givenRequest(requester.id);
  const { owner } = await givenRouted(request, handler); // By 10 March 2026.
  for (const day of ["03-05", "03-06", "03-09", "03-10", "03-11"])
    await remindAt(`2026-${day} 09:00`);
  expect(await reminders(request)).toEqual(
    [2, 0, -1].map((left) => ({ event: "developer_reminded", left, userId: owner.id })),
  );
  const other = await givenRequest(requester.id);
  await givenRouted(other, handler);
  await takeBack(acting(handler, "2026-03-04 10:00"), await asSeen(other));
  await remindAt("2026-03-10 09:00");
  expect(await reminders(other)).toEqual([]);
});

test("a reminder names the number and nothing personal", async () => {
  const request = await givenRequest(requester.id);
  await givenRouted(request, handler);
  await remindAt("2026-03-10 09:00");
  const rows = await db
    .select({ facts: broadcasts.facts })
    .from(broadcasts)
    .where(eq(broadcasts.subjectId, request.id));
  const told = JSON.stringify(rows);
  for (const secret of ["alice-0815", "聊天记录", requester.email])
    expect(told).not.toContain(secret);
});
