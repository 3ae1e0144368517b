import { and, asc, eq, inArray, ne, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import {
  accounts,
  apps,
  type Request,
  requestEvents,
  requestMessages,
  requests,
} from "@/db/schema";
import { unsealText } from "@/lib/seal";
import { shanghaiDay } from "@/lib/shanghai";

import { person } from "../access/permissions";
import { workingDaysLeft } from "../calendar/due-date";
import { readCalendar } from "../calendar/read-calendar";
import type { Actor } from "../context";
import { pageInput, sizedPage } from "../input";
import { down, readPage, up } from "../page";
import { query } from "../query";
import { givenAnswers } from "./answer";
import { answersOf } from "./answer-sheet";
import { openDetails } from "./details";
import { isDeveloperLate } from "./developer-due";
import { dueDateStepsOf, termsOf } from "./due-date";
import { partsOf } from "./eligible-handlers";
import { requestNumber } from "./input";
import { filesOfRequest } from "./keep-file";
import { isOpen, OPEN_STATUSES, worstPart } from "./rules";
import { findOwn, ownRequests, routedRequests } from "./readable-requests";

export type OwnRequest = Awaited<ReturnType<typeof readOwnRequest>>;

/**
 * A request as its requester sees it: what was asked, where it stands, by when it is answered and
 * how that date is worked out, what was written, and every answer it was given.
 * @throws NotFound for anybody else's
 */
export const readOwnRequest = query({
  may: "request.readOwn",
  input: z.object({ number: requestNumber }),

  async run({ db, actor, now }, { number: wanted }) {
    const request = await findOwn(db, { actor, number: wanted });
    const [place, events, messages, files, answers, due] = await Promise.all([
      placeOf(db, request),
      eventsOf(db, request.id),
      messagesOf(db, request.id),
      filesOfRequest(db, request),
      answersOf(db, request),
      dueDateStepsOf(db, request, shanghaiDay(now)),
    ]);
    const { facts, subjects } = request;
    const isRequester = request.requesterId === person(actor).id;
    // What goes with an answer or a message is for the requester alone, not for who looks on.
    const given = isRequester ? files : [];
    return {
      ...shownOf(request),
      ...place,
      isRequester,
      facts: unsealText(facts, "request.facts"),
      details: openDetails(request.details),
      subjects: subjects ? unsealText(subjects, "request.subjects").split("\n") : [],
      // What was logged was received before it was entered.
      events: events.map((event, index) =>
        index === 0 ? { ...event, at: request.receivedAt } : event,
      ),
      messages: messages.map((one) => ({
        ...one,
        files: given.filter(({ messageId }) => messageId === one.id),
      })),
      files: files.filter((file) => file.isProof),
      answers: answers.map((one) => ({
        ...one,
        files: given.filter(({ decisionId }) => decisionId === one.id),
      })),
      due,
      appeal: due.isAppeal ? { part: await appealPartOf(db, request) } : null,
    };
  },
});

/** What a requester may know of the row: not who handles it. */
function shownOf(request: Request) {
  const { id, number, type, status, requesterKind, onBehalf, ground, appName } = request;
  const { subjectCount, ticketNumber, receivedAt, dueDate, isDueProvisional } = request;
  const { region, answeredAt, receiptNumber, stopOrderedAt, stoppedAt, stopConfirmedAt } = request;
  return {
    ...{ id, number, type, status, requesterKind, onBehalf, ground, appName },
    ...{ subjectCount, ticketNumber, receivedAt, dueDate, isDueProvisional },
    ...{ region, answeredAt, receiptNumber, stopOrderedAt, stoppedAt, stopConfirmedAt },
    stopWords: request.stopWords && unsealText(request.stopWords, "request.stop"),
  };
}

/** The lists below stand on one page and beside the navigation: one calendar counts their days. */
const readOwnCalendar = query({
  may: "request.readOwn",
  input: z.object({}),
  run: ({ db }) => readCalendar(db),
});

const PAGE = 50;

const OPEN_FIRST = [
  down("flag", sql`(${inArray(requests.status, OPEN_STATUSES)})`),
  down("moment", requests.receivedAt),
  down("text", requests.number),
];

/** The reader's requests, those still open first, then the latest, 50 a page; or those alone that lack something. */
export const listOwnRequests = query({
  may: "request.readOwn",
  input: z.object({ ...sizedPage(PAGE), lacking: z.boolean().default(false) }),

  async run(view, { page, size, lacking }) {
    const { db, actor, now } = view;
    const { rows, ...turns } = await readPage({ keys: OPEN_FIRST, size, page }, (slice) =>
      db
        .select({
          ...LISTED,
          cursor: slice.cursor,
          id: requests.id,
          requesterId: requests.requesterId,
        })
        .from(requests)
        .leftJoin(accounts, eq(accounts.id, requests.accountId))
        .where(and(ownRequests(actor), lacking ? lackingOf(actor) : undefined, slice.beyond))
        .orderBy(slice.order)
        .limit(slice.limit),
    );
    const [today, calendar] = [shanghaiDay(now), await readOwnCalendar(view, {})];
    const open = rows.filter(({ status }) => isOpen(status));
    const terms = await termsOf(db, open, { calendar, today });
    const listed = rows.map(({ id, requesterId, ...row }) => ({
      ...row,
      /** The working days until the answer; null where it was given. */
      term: terms.get(id) ?? null,
      isRequester: requesterId === person(actor).id,
      isOverdue: isOpen(row.status) && row.dueDate < today,
      /** Until the answer: 0 on its day, -1 once it has passed; null where it was given. */
      workingDaysLeft: isOpen(row.status) ? workingDaysLeft(calendar, today, row.dueDate) : null,
    }));
    return { rows: listed, ...turns };
  },
});

const lackingOf = (actor: Actor) =>
  and(eq(requests.status, "need_more"), eq(requests.requesterId, person(actor).id));

const waitingFor = (actor: Actor) =>
  and(routedRequests(actor), eq(requests.status, "with_developer"));

const developerDay = sql<string>`coalesce(${requests.developerDueDate}, ${requests.dueDate})`;
const BY_DAY = [up("day", developerDay), up("text", requests.number)];

/** End users' requests that the reader's accounts are asked to handle, or that they answered, by their day, 50 a page. */
export const listRoutedRequests = query({
  may: "request.readOwn",
  input: z.object({ ...pageInput, shelf: z.enum(["waiting", "ended"]) }),

  async run(view, { page, shelf }) {
    const { db, actor, now } = view;
    if (person(actor).memberships.length === 0) return { rows: [], previous: null, next: null };
    const stands = shelf === "waiting" ? eq : ne;
    const { rows, ...turns } = await readPage({ keys: BY_DAY, size: PAGE, page }, (slice) =>
      db
        .select({
          ...LISTED,
          cursor: slice.cursor,
          developerDueDate: requests.developerDueDate,
        })
        .from(requests)
        .leftJoin(accounts, eq(accounts.id, requests.accountId))
        .where(and(routedRequests(actor), stands(requests.status, "with_developer"), slice.beyond))
        .orderBy(slice.order)
        .limit(slice.limit),
    );
    const [today, calendar] = [shanghaiDay(now), await readOwnCalendar(view, {})];
    const listed = rows.map(({ developerDueDate, ...row }) => {
      const dueDate = developerDueDate ?? row.dueDate;
      const isWaiting = row.status === "with_developer";
      return {
        ...{ ...row, dueDate, isRequester: false, term: null },
        isOverdue: isDeveloperLate({ ...row, developerDueDate }, today),
        workingDaysLeft: isWaiting ? workingDaysLeft(calendar, today, dueDate) : null,
      };
    });
    return { rows: listed, ...turns };
  },
});

/**
 * The requests that stand still until the reader acts: an end user's that their account was asked to
 * handle, and their own for which more is needed. The earliest day first, a page of each at most;
 * `count` is of all of them.
 */
export const listWaitingRequests = query({
  may: "request.readOwn",
  input: z.object({}),

  async run(view) {
    const [tasks, mine] = await Promise.all([
      listRoutedRequests(view, { shelf: "waiting" }),
      listOwnRequests(view, { lacking: true }),
    ]);
    const rows = [
      ...tasks.rows.map((one) => ({ ...one, wait: "developer" as const })),
      ...mine.rows.map((one) => ({ ...one, wait: "requester" as const })),
    ].toSorted((a, b) => a.dueDate.localeCompare(b.dueDate));
    const { db, actor } = view;
    const isCut = tasks.next !== null || mine.next !== null;
    return {
      rows,
      count: isCut
        ? (await db.$count(requests, waitingFor(actor))) +
          (await db.$count(requests, lackingOf(actor)))
        : rows.length,
    };
  },
});

const LISTED = {
  number: requests.number,
  type: requests.type,
  status: requests.status,
  receivedAt: requests.receivedAt,
  dueDate: requests.dueDate,
  isDueProvisional: requests.isDueProvisional,
  accountName: accounts.name,
  appName: requests.appName,
};
export type ListedRequest = Awaited<ReturnType<typeof listOwnRequests>>["rows"][number];

/** The account and app a developer named; null for an end user's, who named the app in their words. */
async function placeOf(db: Db | Tx, { accountId, appId, requesterKind }: Request) {
  if (!accountId || requesterKind !== "developer") return { account: null, app: null };
  const [account] = await db
    .select({ name: accounts.name, uin: accounts.uin })
    .from(accounts)
    .where(eq(accounts.id, accountId));
  const [app] = appId
    ? await db
        .select({ name: apps.name, sdkAppId: apps.sdkAppId })
        .from(apps)
        .where(eq(apps.id, appId))
    : [];
  return { account: account ?? null, app: app ?? null };
}

const eventsOf = (db: Db | Tx, requestId: string) =>
  db
    .select({ id: requestEvents.id, status: requestEvents.status, at: requestEvents.at })
    .from(requestEvents)
    .where(eq(requestEvents.requestId, requestId))
    .orderBy(asc(requestEvents.at), asc(requestEvents.id));

/** What handlers write among themselves is not among it, nor who of them wrote. */
async function messagesOf(db: Db | Tx, requestId: string) {
  const rows = await db
    .select()
    .from(requestMessages)
    .where(and(eq(requestMessages.requestId, requestId), ne(requestMessages.direction, "internal")))
    .orderBy(asc(requestMessages.at), asc(requestMessages.id));
  return rows.map(({ id, direction, body, at }) => ({
    id,
    isFromRequester: direction === "from_requester",
    body: unsealText(body, "request.message"),
    at,
  }));
}

/**
 * What those who have the appeal, or answered it, had to do with the answer it is against: the most
 * that any of them had; null while nobody has it.
 */
async function appealPartOf(db: Db | Tx, request: Request) {
  const [latest] = request.answeredAt ? await givenAnswers(db, request) : [];
  const people = latest ? [latest.proposedBy, latest.reviewedBy] : [request.handlerId];
  const parts = await partsOf(db, request);
  if (people.every((one) => one === null)) return null;
  return worstPart(people.map((one) => parts.get(one ?? "")));
}
