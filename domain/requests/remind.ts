import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { broadcasts, type Request, requests } from "@/db/schema";
import { shanghaiDay } from "@/lib/shanghai";

import { type Calendar, isWorkingDay, workingDaysLeft } from "../calendar/due-date";
import { readCalendar } from "../calendar/read-calendar";
import { type RecordedStep, verb } from "../verb";
import { urgentAmong } from "./app-declarations";
import { eligibleHandlersOfAll, handlersAmong } from "./eligible-handlers";
import { readChoices } from "./handler-choices";
import { OPEN_STATUSES } from "./rules";
import { type Reminder, signatoriesOfAll, tellHandlers, tellReminder } from "./tell";

/** So many working days before the day, on it (0), and once it has passed (-1). */
const STAGES: Record<Reminder["event"], readonly number[]> = {
  handler_reminded: [-1, 0, 2, 5],
  developer_reminded: [-1, 0, 2],
};

/**
 * Reminds, on working days, the handlers of cases whose day comes near or has passed (all handlers
 * where nobody has taken one, or who has is no handler any more, P47), and the signatories of the
 * account a request was sent on to (P28). Each stage is told once, however often this runs, and made up for when a run was missed.
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
    const owed = await owedOf(step, { calendar, open });
    const people = await peopleOf(
      step.tx,
      owed.map(({ request }) => request),
    );
    let sent = 0;
    for (const due of owed) sent += await remind(step, due, people);
    return sent === 0 ? step.unchanged({ sent }) : { sent };
  },
});

type Due = { event: Reminder["event"]; dueDate: string };
type Owed = Due & { request: Request; workingDaysLeft: number };

/** What is to be told today of the days of open cases, and has not been: this stage, or a later one, of this very day. */
async function owedOf(
  { tx, now }: RecordedStep,
  { calendar, open }: { calendar: Calendar; open: readonly Request[] },
): Promise<Owed[]> {
  const told = await tx
    .select({
      key: sql<string>`concat_ws(' ', ${broadcasts.subjectId}, ${EVENT}, ${broadcasts.facts} ->> 'dueDate')`,
      left: sql<number>`min((${broadcasts.facts} ->> 'workingDaysLeft')::int)`,
    })
    .from(broadcasts)
    .where(
      and(
        eq(broadcasts.kind, "request_update"),
        inArray(
          broadcasts.subjectId,
          open.map(({ id }) => id),
        ),
        inArray(EVENT, Object.keys(STAGES)),
      ),
    )
    .groupBy(sql`1`);
  const least = new Map(told.map(({ key, left }) => [key, left]));
  const today = shanghaiDay(now);
  return open.flatMap((request) =>
    duesOf(request).flatMap(({ event, dueDate }) => {
      const left = workingDaysLeft(calendar, today, dueDate);
      const stage = STAGES[event].find((days) => left <= days);
      const last = least.get(`${request.id} ${event} ${dueDate}`) ?? Infinity;
      return stage === undefined || last <= stage
        ? []
        : [{ request, event, dueDate, workingDaysLeft: left }];
    }),
  );
}

const EVENT = sql`${broadcasts.facts} ->> 'event'`;

/** Whose days a case has: its handler's, and the developer's while it is with them. */
function duesOf({ status, dueDate, developerDueDate }: Request): Due[] {
  const handlers: Due = { event: "handler_reminded", dueDate };
  if (status !== "with_developer" || !developerDueDate) return [handlers];
  return [handlers, { event: "developer_reminded", dueDate: developerDueDate }];
}

type People = Awaited<ReturnType<typeof peopleOf>>;

/** Who may take the cases up, by case, who has one and still is a handler, which cases go first, and who may bind their accounts. */
async function peopleOf(tx: Tx, requests: readonly Request[]) {
  const handlers = await eligibleHandlersOfAll(tx, requests);
  const owners = await handlersAmong(
    tx,
    requests.map(({ handlerId }) => handlerId),
  );
  const urgent = await urgentAmong(tx, requests);
  const choices = await readChoices(tx);
  return { handlers, owners, urgent, choices, signatories: await signatoriesOfAll(tx, requests) };
}

/** @returns how many people are told */
async function tellDue(step: RecordedStep, { request, ...due }: Owed, people: People) {
  const { id, handlerId, accountId } = request;
  const owner = handlerId && people.owners.has(handlerId) ? handlerId : null;
  if (due.event === "handler_reminded" && !owner)
    return tellHandlers(step, request, {
      ...{ ...due, event: due.event },
      handlers: people.handlers.get(id) ?? [],
      urgent: people.urgent,
      choices: people.choices,
    });
  const signatories = people.signatories.filter((one) => one.accountId === accountId);
  const userIds =
    due.event === "developer_reminded" ? signatories.map((one) => one.id) : [owner ?? ""];
  if (userIds.length > 0)
    await tellReminder(step, request, { ...due, userIds, choices: people.choices });
  return userIds.length;
}

async function remind(step: RecordedStep, due: Owed, people: People): Promise<0 | 1> {
  const told = await tellDue(step, due, people);
  if (told === 0) return 0;
  const { request, ...after } = due;
  await step.record("request.reminded", { id: request.id, after: { ...after, people: told } });
  return 1;
}
