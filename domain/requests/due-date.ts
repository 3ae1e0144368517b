import { and, asc, eq, inArray } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import { type Request, requestEvents } from "@/db/schema";
import { shanghaiDay } from "@/lib/shanghai";

import { type Calendar, type TermDay, termDays } from "../calendar/due-date";
import { readCalendar } from "../calendar/read-calendar";
import { type Due, dueOf } from "./limits";

/** What of a request sets its day, besides when its clock started. */
export type Clocked = Pick<Request, "type" | "region" | "extendedAt">;

/** By when an answer is due to what arrived, or was appealed, at a moment, day by day. */
export async function computeDueDate(db: Db | Tx, startedAt: Date, of: Clocked): Promise<Due> {
  return dueIn(await readCalendar(db), startedAt, of);
}

export const dueIn = (calendar: Calendar, startedAt: Date, { extendedAt, ...of }: Clocked): Due =>
  dueOf(calendar, {
    ...{ type: of.type, region: of.region },
    receivedDay: shanghaiDay(startedAt),
    isExtended: extendedAt !== null,
  });

/** The moment from which a request's clock runs: its receipt, or its latest appeal. */
export async function clockStart(
  db: Db | Tx,
  request: Pick<Request, "id" | "receivedAt">,
): Promise<Date> {
  return (await clockStarts(db, [request])).get(request.id) ?? request.receivedAt;
}

/** The days to a request's due date, from the moment its clock started. */
export async function dueDateStepsOf(db: Db | Tx, request: Timed & Clocked, today: string) {
  const [calendar, startedAt] = await Promise.all([readCalendar(db), clockStart(db, request)]);
  const { steps, source, latest } = dueIn(calendar, startedAt, request);
  const term = termDays(calendar, {
    receivedDay: shanghaiDay(startedAt),
    dueDate: request.dueDate,
    today,
  });
  return {
    ...{ startedAt, isAppeal: startedAt > request.receivedAt, steps, term, source, latest },
    extendedAt: request.extendedAt,
  };
}

type Timed = Pick<Request, "id" | "receivedAt" | "dueDate">;

/** The working days of the terms of many requests, by id: passed, left, and those beyond the due date. */
export async function termsOf(
  db: Db | Tx,
  requests: readonly Timed[],
  { calendar, today }: { calendar: Calendar; today: string },
): Promise<Map<string, TermDay[]>> {
  const starts = await clockStarts(db, requests);
  return new Map(
    requests.map(({ id, receivedAt, dueDate }) => {
      const receivedDay = shanghaiDay(starts.get(id) ?? receivedAt);
      return [id, termDays(calendar, { receivedDay, dueDate, today })];
    }),
  );
}

/** The moments from which the clocks of many requests run, by id. */
export async function clockStarts(
  db: Db | Tx,
  requests: readonly Pick<Request, "id" | "receivedAt">[],
): Promise<Map<string, Date>> {
  if (requests.length === 0) return new Map();
  const ids = requests.map(({ id }) => id);
  const appeals = await db
    .select({ id: requestEvents.requestId, at: requestEvents.at })
    .from(requestEvents)
    .where(and(inArray(requestEvents.requestId, ids), eq(requestEvents.status, "appealed")))
    .orderBy(asc(requestEvents.at));
  return new Map([
    ...requests.map(({ id, receivedAt }) => [id, receivedAt] as const),
    ...appeals.map(({ id, at }) => [id, at] as const),
  ]);
}
