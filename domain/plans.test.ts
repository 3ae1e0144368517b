import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import pg from "pg";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";

import { db } from "@/db/client";
import { DELIVERY_STATUSES } from "@/db/vocabulary/broadcasts";
import { INBOX_CATEGORIES } from "@/db/vocabulary/inbox";
import { acting, beijing } from "@/tests/support/context";
import { textOf } from "@/tests/support/statements";
import { givenYears, type Years } from "@/tests/support/years";

import { findAccount } from "./accounts/find-account";
import { listAccounts } from "./accounts/list-accounts";
import { listApps } from "./accounts/list-apps";
import { listOwnAccounts, listOwnPlaces } from "./accounts/list-own";
import { listAuditEntries } from "./audit/list";
import { listAnnouncements } from "./broadcasts/announcements";
import { BROADCAST_SHELVES, listBroadcasts, listBroadcastsAbout } from "./broadcasts/list";
import { readOwnReach } from "./broadcasts/list-reach";
import { listRecipients } from "./broadcasts/list-recipients";
import { listSuppressions } from "./broadcasts/suppressions";
import { listUnreached, UNREACHED_SHELVES } from "./broadcasts/unreached";
import { ANONYMOUS, type Context } from "./context";
import { DEREGISTRATION_VIEWS, listDeregistrations } from "./deregistrations/list";
import { countUnread, INBOX_VIEWS, listInbox } from "./inbox/list";
import { findPopup } from "./inbox/popup";
import { listDownstream } from "./incidents/downstream";
import { listAccountIncidents } from "./incidents/list-account-incidents";
import { INCIDENT_SHELVES, listIncidents } from "./incidents/list-incidents";
import { listAnnouncementNotices, listOwnNoticeDrafts } from "./incidents/list-notices";
import { listPublicNotices } from "./incidents/list-public-notices";
import { listOpenAdvice } from "./incidents/open-advice";
import { readOwnApps } from "./incidents/own-apps";
import { listAccountAnswers } from "./policies/account-answers";
import { listArchive, readLibrary } from "./policies/library";
import { listAhead } from "./policies/list-ahead";
import { listDocuments, listVersions } from "./policies/list-documents";
import { listOwnAnswers } from "./policies/own-answers";
import { listOwnPolicies } from "./policies/own-policies";
import { pendingAnswers } from "./policies/pending-answers";
import { countOverdue, listQueue, QUEUE_VIEWS } from "./requests/list-queue";
import { listRequestStatus } from "./requests/list-status";
import { listOwnRequests, listRoutedRequests } from "./requests/read-own";
import { countWaitingReviews, listWaitingReviews } from "./reviews/waiting";
import { listCustomerBroadcasts } from "./tickets/list-customer-broadcasts";
import { listTicketLinks } from "./tickets/list-links";
import { listNamedNotices } from "./tickets/list-notices";

const NOON = "2026-11-20 12:00";

type Read = () => Promise<unknown>;
const READS: Record<string, (given: Years) => Read> = {
  accounts:
    ({ as }) =>
    () =>
      listAccounts(as("admin"), {}),
  "apps of an account":
    ({ as, accountId }) =>
    () =>
      listApps(as("admin"), { accountId }),
  "an account of many apps":
    ({ as, accountId }) =>
    () =>
      findAccount(as("admin"), { accountId }),
  "apps to choose from":
    ({ reader, accountId }) =>
    () =>
      listOwnPlaces(acting(reader, NOON), { accountIds: [accountId] }),
  "own accounts":
    ({ reader }) =>
    () =>
      listOwnAccounts(acting(reader, NOON), {}),
  announcements: () => () => listAnnouncements(anybody, {}),
  "the feed": () => () => listPublicNotices(anybody, { limit: 50 }),
  "the record":
    ({ as }) =>
    () =>
      listAuditEntries(as("auditor"), {}),
  "the record of an action":
    ({ as }) =>
    () =>
      listAuditEntries(as("auditor"), { action: "account.edited" }),
  "the record of a rare action":
    ({ as }) =>
    () =>
      listAuditEntries(as("auditor"), { action: "notice.withdrawn" }),
  "the record of a day":
    ({ as }) =>
    () =>
      listAuditEntries(as("auditor"), { from: "2026-03-02", to: "2026-03-02" }),
  "the record of a person's acts":
    ({ as, reader }) =>
    () =>
      listAuditEntries(as("auditor"), { actor: reader.id }),
  "the record of a subject":
    ({ as }) =>
    () =>
      listAuditEntries(as("auditor"), { subjectType: "account", subjectId: "subject 7" }),
  "the record of a kind of subject":
    ({ as }) =>
    () =>
      listAuditEntries(as("auditor"), { subjectType: "incident" }),
  "the record of an account":
    ({ as, accountId }) =>
    () =>
      listAuditEntries(as("auditor"), { accountId }),
  "the record of an import":
    ({ as, accountId }) =>
    () =>
      listAuditEntries(as("auditor"), { importId: accountId }),
  suppressions:
    ({ as }) =>
    () =>
      listSuppressions(as("support"), {}),
  "unread messages":
    ({ reader }) =>
    () =>
      countUnread(acting(reader, NOON), {}),
  "the popup":
    ({ reader }) =>
    () =>
      findPopup(acting(reader, NOON), {}),
  "announcements of the desk":
    ({ as }) =>
    () =>
      listAnnouncementNotices(as("author"), {}),
  "own drafts of notices":
    ({ as }) =>
    () =>
      listOwnNoticeDrafts(as("author"), {}),
  "what waits for review":
    ({ as }) =>
    () =>
      listWaitingReviews(as("author"), { ofOthers: true }),
  "how much waits for review":
    ({ as }) =>
    () =>
      countWaitingReviews(as("author"), {}),
  "incidents nobody was told of":
    ({ as }) =>
    () =>
      listIncidents(as("author"), { isUntold: true }),
  "overdue cases":
    ({ as }) =>
    () =>
      countOverdue(as("handler"), {}),
  "a person's cases":
    ({ as, reader }) =>
    () =>
      listRequestStatus(as("support"), { requesterId: reader.id }),
  "an account's cases":
    ({ as, accountId }) =>
    () =>
      listRequestStatus(as("support"), { accountId }),
  "a ticket's cases":
    ({ as }) =>
    () =>
      listRequestStatus(as("support"), { found: "T-77" }),
  "own requests":
    ({ reader }) =>
    () =>
      listOwnRequests(acting(reader, NOON), {}),
  "routed requests":
    ({ reader }) =>
    () =>
      listRoutedRequests(acting(reader, NOON), { shelf: "ended" }),
  "own apps of an incident":
    ({ developer, incidentNumber: number }) =>
    () =>
      readOwnApps(acting(developer, NOON), { number }),
  "when own accounts were told":
    ({ developer, incidentNumber: number }) =>
    () =>
      listDownstream(acting(developer, NOON), { number }),
  "advice that is open":
    ({ developer }) =>
    () =>
      listOpenAdvice(acting(developer, NOON), {}),
  "the incidents of an account":
    ({ as, houseId: accountId }) =>
    () =>
      listAccountIncidents(as("support"), { accountId }),
  "the versions ahead":
    ({ as }) =>
    () =>
      listAhead(as("author"), {}),
  "own drafts of versions":
    ({ as }) =>
    () =>
      listAhead(as("author"), { ownDrafts: true }),
  documents:
    ({ as }) =>
    () =>
      listDocuments(as("author"), {}),
  "the versions of a document":
    ({ as, documentId }) =>
    () =>
      listVersions(as("author"), { documentId }),
  "the library": () => () => readLibrary(anybody, {}),
  "the archive of a document":
    ({ documentId }) =>
    () =>
      listArchive(anybody, { documentId }),
  "own answers":
    ({ developer }) =>
    () =>
      listOwnAnswers(acting(developer, NOON), {}),
  "how own accounts can be reached":
    ({ developer }) =>
    () =>
      readOwnReach(acting(developer, NOON), {}),
  "own policies":
    ({ developer }) =>
    () =>
      listOwnPolicies(acting(developer, NOON), {}),
  "what waits for an answer":
    ({ developer }) =>
    () =>
      pendingAnswers(acting(developer, NOON), {}),
  "the answers of an account":
    ({ as, houseId: accountId }) =>
    () =>
      listAccountAnswers(as("author"), { accountId }),
  "what was sent about a version":
    ({ as }) =>
    () =>
      listBroadcastsAbout(as("support"), { subjectId: randomUUID() }),
  "what a ticket's link may lead to":
    ({ as }) =>
    () =>
      listNamedNotices(as("support"), {}),
  "what an account was told":
    ({ as, accountId }) =>
    () =>
      listCustomerBroadcasts(as("support"), { of: { accountId } }),
  "what a person was told":
    ({ as, reader }) =>
    () =>
      listCustomerBroadcasts(as("support"), { of: { userId: reader.id } }),
  "ticket links":
    ({ as }) =>
    () =>
      listTicketLinks(as("support"), {}),
  "links of a ticket":
    ({ as }) =>
    () =>
      listTicketLinks(as("support"), { ticket: "T-78" }),
  ...each("broadcasts", BROADCAST_SHELVES, ({ as }, shelf) =>
    listBroadcasts(as("support"), { shelf }),
  ),
  ...each("recipients", DELIVERY_STATUSES, ({ as, broadcastId }, status) =>
    listRecipients(as("support"), { broadcastId, status }),
  ),
  ...each("unreached", UNREACHED_SHELVES, ({ as }, shelf) =>
    listUnreached(as("support"), { shelf }),
  ),
  ...each("deregistrations", DEREGISTRATION_VIEWS, ({ as }, view) =>
    listDeregistrations(as("admin"), { view }),
  ),
  ...each("inbox", INBOX_CATEGORIES, ({ reader }, category) =>
    listInbox(acting(reader, NOON), { category }),
  ),
  "words in the inbox":
    ({ reader }) =>
    () =>
      listInbox(acting(reader, NOON), { q: "没有人写过" }),
  ...each("inbox", INBOX_VIEWS, ({ reader }, show) => listInbox(acting(reader, NOON), { show })),
  ...each("incidents", INCIDENT_SHELVES, ({ as }, shelf) => listIncidents(as("author"), { shelf })),
  ...each("cases", QUEUE_VIEWS, ({ as }, view) => listQueue(as("handler"), { view })),
};

/** One read for each of the filters a list offers. */
function each<Filter extends string>(
  list: string,
  filters: readonly Filter[],
  read: (given: Years, filter: Filter) => Promise<unknown>,
): typeof READS {
  return Object.fromEntries(
    filters.map((filter) => [`${list}: ${filter}`, (given: Years) => () => read(given, filter)]),
  );
}

let given: Years;
/** The tables that hold thousands of rows. */
let large: string[];

beforeAll(async () => {
  given = await givenYears();
  const { rows } = await db.execute<{ name: string }>(sql`
    select relname as name from pg_class where relkind = 'r' and reltuples >= 5000`);
  large = rows.map(({ name }) => name);
}, 180_000);

describe("on a database filled by years of use", () => {
  test("the tables of the lists are large", () => {
    expect(large).toEqual(
      expect.arrayContaining(["accounts", "audit_entries", "broadcasts", "deliveries", "requests"]),
    );
  });

  test.each(Object.entries(READS))("%s: a page looks at few rows", async (_, read) => {
    expect(await readWhole(read(given))).toEqual([]);
  });
});

/** Rows of a large table that a page may look at: a few times what it shows. */
const FEW = 2000;
/** How many there are of all: shown beside a search and on shelves, and not to be had without looking. */
const COUNTS_ALL =
  /^select (count\(\*\) (as count )?from "\w+";?$|count\(\*\) filter|"status", count)/i;

type Plan = Record<string, unknown> & { Plans?: Plan[] };
const plans = z.array(z.object({ Plan: z.custom<Plan>() }));

/** The large tables of which a read looks at more rows than a page needs, each with its statement. */
async function readWhole(work: Read): Promise<string[]> {
  const spy = vi.spyOn(pg.Client.prototype, "query");
  await work();
  const calls = spy.mock.calls.map((call: readonly unknown[]) => call);
  spy.mockRestore();
  const found: string[] = [];
  for (const [asked, values] of calls) {
    const text = textOf(asked);
    if (/^\s*(select|with)/i.test(text) && !COUNTS_ALL.test(text))
      for (const [table, rows] of await rowsLookedAt(text, values))
        found.push(`${rows} rows of ${table}: ${text.trim()}`);
  }
  return found;
}

async function rowsLookedAt(text: string, values: unknown): Promise<[string, number][]> {
  const client = await db.$client.connect();
  try {
    // A table of ten thousand rows is hashed in no time; what a million would need shows without.
    await client.query("begin; set local enable_hashjoin = off; set local enable_mergejoin = off");
    const { rows } = await client.query<{ "QUERY PLAN": unknown }>(
      `explain (analyze, timing off, format json) ${text}`,
      Array.isArray(values) ? values : [],
    );
    const [top] = plans.parse(rows[0]?.["QUERY PLAN"]);
    return top ? scansIn(top.Plan) : [];
  } finally {
    await client.query("rollback");
    client.release();
  }
}

function scansIn(plan: Plan): [string, number][] {
  const number = (key: string) => Number(plan[key] ?? 0);
  const table = String(plan["Relation Name"] ?? "");
  const each =
    number("Actual Rows") +
    number("Rows Removed by Filter") +
    number("Rows Removed by Join Filter");
  const rows = Math.round(each * number("Actual Loops"));
  const own: [string, number][] = large.includes(table) && rows > FEW ? [[table, rows]] : [];
  return [...own, ...(plan.Plans ?? []).flatMap(scansIn)];
}

const anybody: Context = { actor: ANONYMOUS, now: beijing(NOON) };
