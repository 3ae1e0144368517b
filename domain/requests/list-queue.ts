import {
  and,
  asc,
  count,
  eq,
  ilike,
  inArray,
  isNull,
  lt,
  not,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { z } from "zod";

import { accounts, requests, users } from "@/db/schema";
import { REQUEST_TYPES } from "@/db/vocabulary/requests";
import { shanghaiDay } from "@/lib/shanghai";

import { readCalendar } from "../calendar/read-calendar";
import { sizedPage } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";
import { GOES_FIRST, IS_OF_CHILDRENS_APP } from "./app-declarations";
import { termsOf } from "./due-date";
import { IS_HANDLED } from "./eligible-handlers";
import { isOpen, OPEN_STATUSES } from "./rules";
import { staffRequests } from "./staff-requests";

/** What the queue can be narrowed to; each has its count. */
export const QUEUE_VIEWS = ["open", "mine", "unassigned", "review", "overdue", "closed"] as const;
export type QueueView = (typeof QUEUE_VIEWS)[number];

const PAGE = 50;
const CHILD_DATA_FIRST = up("flag", sql`(${requests.type} <> 'child_data')`);
const BY_DAY = [up("day", requests.dueDate), up("text", requests.number)];
/** Of what is closed nothing is urgent any more, and it is much: one index has it in order. */
const CLOSED = [CHILD_DATA_FIRST, ...BY_DAY];
const URGENT = [CHILD_DATA_FIRST, up("flag", sql`(not ${GOES_FIRST})`), ...BY_DAY];

export type QueueRow = Awaited<ReturnType<typeof listQueue>>["rows"][number];

/**
 * The queue of cases, the nearest breach first; child data before all else (P38), with what is
 * to become of the data of apps for children (P37). `text` finds a
 * request by its number or its ticket's.
 */
export const listQueue = query({
  may: "request.readAsStaff",
  input: z.object({
    view: z.enum(QUEUE_VIEWS).catch("open"),
    type: z.enum(REQUEST_TYPES).optional().catch(undefined),
    text: z.string().max(80).optional().catch(undefined),
    ...sizedPage(PAGE),
  }),

  async run(visit, { view, type, text, page, size }) {
    const { db, actor, now } = visit;
    const today = shanghaiDay(now);
    const conditions = viewConditions(actor.id, today);
    const where = and(
      staffRequests(actor),
      conditions[view],
      type && eq(requests.type, type),
      textCondition(text),
    );
    const list = { keys: view === "closed" ? CLOSED : URGENT, size, page };
    const { rows, ...turns } = await readPage(list, (slice) =>
      db
        .select({
          cursor: slice.cursor,
          id: requests.id,
          number: requests.number,
          revision: requests.revision,
          type: requests.type,
          status: requests.status,
          receivedAt: requests.receivedAt,
          requesterKind: requests.requesterKind,
          onBehalf: requests.onBehalf,
          appName: requests.appName,
          accountName: accounts.name,
          ticketNumber: requests.ticketNumber,
          dueDate: requests.dueDate,
          isDueProvisional: requests.isDueProvisional,
          answeredAt: requests.answeredAt,
          handlerName: users.name,
          /** False where nobody answers for it: it has no handler, or who had it is none any more. */
          isHandled: IS_HANDLED,
          isOfChildrensApp: IS_OF_CHILDRENS_APP,
          isOverdue: sql<boolean>`${conditions.overdue}`,
          isDeveloperLate: sql<boolean>`(${requests.status} = 'with_developer' and ${lt(requests.developerDueDate, today)})`,
        })
        .from(requests)
        .leftJoin(users, eq(users.id, requests.handlerId))
        .leftJoin(accounts, eq(accounts.id, requests.accountId))
        .where(and(where, slice.beyond))
        .orderBy(slice.order)
        .limit(slice.limit),
    );
    const open = rows.filter((row) => isOpen(row.status));
    const [terms, [nearest], counts] = await Promise.all([
      readCalendar(db).then((calendar) => termsOf(db, open, { calendar, today })),
      db
        .select({ number: requests.number, dueDate: requests.dueDate })
        .from(requests)
        .where(and(where, conditions.open, isNull(requests.answeredAt)))
        .orderBy(asc(requests.dueDate), asc(requests.number))
        .limit(1),
      countQueue(visit, {}),
    ]);
    return {
      rows: rows.map((row) => ({
        ...row,
        /** The working days until the answer; null where it was given. */
        term: terms.get(row.id) ?? null,
      })),
      ...turns,
      counts,
      /** The open case whose day comes first; child data leads the list, but not always the calendar. */
      nearest: nearest ?? null,
    };
  },
});

/** How many cases are past their day: what the navigation counts. */
export const countOverdue = query({
  may: "request.readAsStaff",
  input: z.object({}),

  async run({ db, actor, now }) {
    const [row] = await db
      .select({ overdue: count() })
      .from(requests)
      .where(and(staffRequests(actor), viewConditions(actor.id, shanghaiDay(now)).overdue));
    return row?.overdue ?? 0;
  },
});

/** How many cases each view holds: beside the tabs of the queue, and the figures of the desk. */
export const countQueue = query({
  may: "request.readAsStaff",
  input: z.object({}),

  async run({ db, actor, now }) {
    const conditions = viewConditions(actor.id, shanghaiDay(now));
    const [counts] = await db
      .select(
        Object.fromEntries(
          QUEUE_VIEWS.map((one) => [
            one,
            sql<number>`count(*) filter (where ${conditions[one]})::int`,
          ]),
        ) as Record<QueueView, SQL<number>>,
      )
      .from(requests)
      .where(staffRequests(actor));
    return counts ?? emptyCounts();
  },
});

function viewConditions(actorId: string, today: string): Record<QueueView, SQL> {
  const open = inArray(requests.status, OPEN_STATUSES);
  return {
    open,
    mine: sql`(${open} and ${eq(requests.handlerId, actorId)})`,
    unassigned: sql`(${open} and not ${IS_HANDLED})`,
    // Nobody reviews their own proposal, so it does not wait for them.
    review: sql`(${eq(requests.status, "in_review")} and not exists (
      select from request_decisions d
      where d.request_id = ${requests.id} and d.verdict is null and d.proposed_by = ${actorId}
    ))`,
    overdue: sql`(${open} and ${lt(requests.dueDate, today)})`,
    closed: not(open),
  };
}

function textCondition(text: string | undefined): SQL | undefined {
  const wanted = text?.trim().replaceAll("\u0000", "").toWellFormed();
  if (!wanted) return undefined;
  const literal = `%${wanted.replaceAll(/[\\%_]/g, "\\$&")}%`;
  return or(ilike(requests.number, literal), ilike(requests.ticketNumber, literal));
}

const emptyCounts = (): Record<QueueView, number> => ({
  open: 0,
  mine: 0,
  unassigned: 0,
  review: 0,
  overdue: 0,
  closed: 0,
});
