import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { broadcasts, type Request, requests } from "@/db/schema";
import { shanghaiDay } from "@/lib/shanghai";

import { type Calendar, isWorkingDay, workingDaysLeft } from "../calendar/due-date";
import { readCalendar } from "../calendar/read-calendar";
import { type RecordedStep, verb } from "../verb";
import { OPEN_STATUSES } from "./rules";
import { type Reminder, signatoriesOf, tellHandlers, tellReminder } from "./tell";

/** So many working days before the day, on it (0), and once it has passed (-1). */
const STAGES: Record<Reminder["event"], readonly number[]> = {
  handler_reminded: [-1, 0, 2, 5],
  developer_reminded: [-1, 0, 2],
};

/**
 * Reminds, on working days, the handlers of cases whose day comes near or has passed (all handlers
 * where nobody has taken one, P47), and the signatories of the account a request was sent on to
 * (P28). Each stage is told once, however often this runs, and made up for when a run was missed.
 * @returns how many reminders were sent
 */
export const remindRequests = verb({
  may: "request.remind",
  input: z.object({}),

  async run(step) {
    const calendar = await readCalendar(step.tx);
    if (!isWorkingDay(calendar, shanghaiDay(step.now))) return step.unchanged({ sent: 0 });
    const open = await step.tx
      .select()
      .from(requests)
      .where(inArray(requests.status, OPEN_STATUSES))
      .orderBy(requests.dueDate, requests.number)
      .for("update");
    let sent = 0;
    for (const request of open)
      for (const due of duesOf(request)) sent += await remind(step, { calendar, request, ...due });
    return sent === 0 ? step.unchanged({ sent }) : { sent };
  },
});

type Due = { event: Reminder["event"]; dueDate: string };

/** Whose days a case has: its handler's, and the developer's while it is with them. */
function duesOf({ status, dueDate, developerDueDate }: Request): Due[] {
  const handlers: Due = { event: "handler_reminded", dueDate };
  if (status !== "with_developer" || !developerDueDate) return [handlers];
  return [handlers, { event: "developer_reminded", dueDate: developerDueDate }];
}

/** @returns how many people are told */
async function tellDue(step: RecordedStep, request: Request, due: Omit<Reminder, "userIds">) {
  const { handlerId } = request;
  if (due.event === "handler_reminded" && !handlerId)
    return tellHandlers(step, request, { ...due, event: due.event });
  const userIds =
    due.event === "developer_reminded" ? await signatoriesOf(step.tx, request) : [handlerId ?? ""];
  if (userIds.length > 0) await tellReminder(step, request, { ...due, userIds });
  return userIds.length;
}

type Owed = Due & { calendar: Calendar; request: Request };

async function remind(step: RecordedStep, { calendar, request, event, dueDate }: Owed) {
  const left = workingDaysLeft(calendar, shanghaiDay(step.now), dueDate);
  const stage = STAGES[event].find((days) => left <= days);
  if (stage === undefined || (await wasReminded(step.tx, request, { event, dueDate, stage })))
    return 0;
  const people = await tellDue(step, request, { event, dueDate, workingDaysLeft: left });
  if (people === 0) return 0;
  await step.record("request.reminded", {
    id: request.id,
    after: { event, dueDate, workingDaysLeft: left, people },
  });
  return 1;
}

/** Whether this stage, or a later one, of this very day has been told. */
async function wasReminded(
  tx: Tx,
  { id }: Request,
  { event, dueDate, stage }: Due & { stage: number },
): Promise<boolean> {
  const [told] = await tx
    .select({ id: broadcasts.id })
    .from(broadcasts)
    .where(
      and(
        eq(broadcasts.kind, "request_update"),
        eq(broadcasts.subjectId, id),
        sql`${broadcasts.facts} ->> 'event' = ${event}`,
        sql`${broadcasts.facts} ->> 'dueDate' = ${dueDate}`,
        sql`(${broadcasts.facts} ->> 'workingDaysLeft')::int <= ${stage}`,
      ),
    )
    .limit(1);
  return told !== undefined;
}
