import { eq, sql } from "drizzle-orm";
import pg from "pg";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";

import { db } from "@/db/client";
import { accounts, apps } from "@/db/schema";
import type { StaffRole } from "@/db/vocabulary/access";
import { DELIVERY_STATUSES } from "@/db/vocabulary/broadcasts";
import { givenMembers, tellPerson, tellProduct } from "@/tests/support/broadcasts";
import { acting, beijing } from "@/tests/support/context";
import { copyOf, copyRow } from "@/tests/support/copies";
import { givenCoolingOff, givenSmallAccount } from "@/tests/support/deregistration";
import {
  givenAffected,
  givenAnnouncement,
  givenIncident,
  givenNoticeDesk,
  published,
} from "@/tests/support/notices";
import { givenAccount, givenMember, givenProduct, givenStaff } from "@/tests/support/people";
import { givenRequest } from "@/tests/support/requests";
import { textOf } from "@/tests/support/statements";
import { givenLink } from "@/tests/support/tickets";

import { findAccount } from "./accounts/find-account";
import { listAccounts } from "./accounts/list-accounts";
import { listApps } from "./accounts/list-apps";
import { listOwnAccounts, listOwnPlaces } from "./accounts/list-own";
import { listAuditEntries } from "./audit/list";
import { listAnnouncements } from "./broadcasts/announcements";
import { BROADCAST_SHELVES, listBroadcasts } from "./broadcasts/list";
import { listRecipients } from "./broadcasts/list-recipients";
import { listSuppressions } from "./broadcasts/suppressions";
import { listUnreached, UNREACHED_SHELVES } from "./broadcasts/unreached";
import { ANONYMOUS, type Context, type Person } from "./context";
import { DEREGISTRATION_VIEWS, listDeregistrations } from "./deregistrations/list";
import { countUnread, INBOX_VIEWS, listInbox } from "./inbox/list";
import { findPopup } from "./inbox/popup";
import { INCIDENT_SHELVES, listIncidents } from "./incidents/list-incidents";
import { listAnnouncementNotices, listNoticesAhead } from "./incidents/list-notices";
import { listPublicNotices } from "./incidents/list-public-notices";
import { countOverdue, listQueue, QUEUE_VIEWS } from "./requests/list-queue";
import { listRequestStatus } from "./requests/list-status";
import { listOwnRequests, listRoutedRequests } from "./requests/read-own";
import { listCustomerBroadcasts } from "./tickets/list-customer-broadcasts";
import { listTicketLinks } from "./tickets/list-links";

const NOON = "2026-11-20 12:00";
const MANY = 10_000;

type Read = () => Promise<unknown>;
const READS: Record<string, (given: Given) => Read> = {
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
  "notices ahead":
    ({ as }) =>
    () =>
      listNoticesAhead(as("author"), {}),
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
      listRoutedRequests(acting(reader, NOON), {}),
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
  ...each("inbox", INBOX_VIEWS, ({ reader }, show) => listInbox(acting(reader, NOON), { show })),
  ...each("incidents", INCIDENT_SHELVES, ({ as }, shelf) => listIncidents(as("author"), { shelf })),
  ...each("cases", QUEUE_VIEWS, ({ as }, view) => listQueue(as("handler"), { view })),
};

/** One read for each of the filters a list offers. */
function each<Filter extends string>(
  list: string,
  filters: readonly Filter[],
  read: (given: Given, filter: Filter) => Promise<unknown>,
): typeof READS {
  return Object.fromEntries(
    filters.map((filter) => [`${list}: ${filter}`, (given: Given) => () => read(given, filter)]),
  );
}

type Given = {
  as: (role: StaffRole) => Context;
  reader: Person;
  accountId: string;
  broadcastId: string;
};

let given: Given;
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

async function givenYears(): Promise<Given> {
  const staff = new Map<StaffRole, Person>();
  for (const role of ["admin", "auditor", "author", "handler", "support"] as const)
    staff.set(role, await givenStaff(role));
  const approver = await givenStaff("approver");
  const product = await givenProduct();
  const account = await givenAccount({ productId: product.id });
  const reader = await givenMember(account.id, "owner");
  await givenMembers(product.id, MANY);
  const told = await tellProduct(acting(approver, NOON), product.id);
  await db.execute(sql`
    update deliveries set status = case when hashtext(id::text) % 50 = 0 then 'bounced' else 'delivered' end
    where channel = 'email'`);
  await copyRow("broadcasts", {
    ...{ id: told.id, times: MANY },
    changes: {
      started_at: sql`now() - n * interval '1 hour'`,
      subject_id: sql`gen_random_uuid()`,
      is_public: sql`n % 100 = 0`,
      status: sql`'finished'`,
    },
  });
  const letter = await tellPerson(acting(approver, NOON), reader.id);
  await copyRow("broadcasts", {
    ...{ id: letter.id, times: MANY },
    changes: { started_at: sql`now() - n * interval '1 minute'`, status: sql`'finished'` },
  });
  await db.execute(sql`
    insert into deliveries (broadcast_id, channel, user_id, account_ids, locale, status, created_at, read_at)
    select ${copyOf("broadcasts", told.id)}, 'inbox', ${reader.id}, array[${account.id}]::uuid[], 'zh-CN', 'placed',
      now() - n * interval '1 hour', now() from generate_series(1, 1000) n`);
  await db.execute(sql`
    insert into audit_entries (at, action, actor_kind, actor_id, subject_type, subject_id, after)
    select '2026-01-01'::timestamptz + n * interval '5 minutes',
      case when n % 3 = 0 then 'account.edited' else 'app.saved' end, 'person', 'actor ' || n % 500,
      case when n % 3000 = 0 then 'incident' else 'account' end, 'subject ' || n % 5000,
      jsonb_build_object('accountId', md5('account' || n % 5000)::uuid,
        'importId', case when n % 2 = 0 then md5('import' || n % 50)::uuid end)
    from generate_series(1, ${MANY * 3}::int) n`);
  await db.execute(sql`
    insert into suppressions (address, reason, since)
    select 'stopped-' || n || '@list.example', 'bounced', now() - n * interval '1 minute'
    from generate_series(1, ${MANY}::int) n`);
  await db.execute(sql`
    insert into unreached_accounts (broadcast_id, account_id, found_at, settled_at)
    select ${told.id}, id, now(), case when hashtext(id::text) % 50 <> 0 then now() end
    from accounts where uin like 'crowd-%'`);
  await givenDeskYears(reader, account.id);
  const [app] = await db.select().from(apps).where(eq(apps.accountId, account.id));
  await copyRow("apps", { id: app!.id, times: MANY, changes: { sdk_app_id: sql`'17' || n` } });
  // The last of the accounts, for their list counts the apps of each it shows.
  await db.update(accounts).set({ uin: "z" }).where(eq(accounts.id, account.id));
  await db.execute(sql`analyze`);
  const as = (role: StaffRole) => acting(staff.get(role)!, NOON);
  return { as, reader, accountId: account.id, broadcastId: told.id };
}

/** What incidents, cases, tickets and deregistrations leave behind: nearly all of it is done with. */
async function givenDeskYears(reader: Person, accountId: string): Promise<void> {
  const desk = await givenNoticeDesk();
  const incident = await givenIncident(desk);
  await copyRow("incidents", {
    ...{ id: incident.id, times: MANY },
    changes: {
      number: sql`'I-2020-' || n`,
      status: sql`case when n % 200 = 0 then 'contained' when n % 201 = 0 then 'resolved' else 'closed' end`,
      created_at: sql`now() - n * interval '1 hour'`,
    },
  });
  await givenAffected(desk.productId, { platforms: { android: "8.0.0" } });
  const notice = await published(desk, await givenAnnouncement(desk), { typedPeople: 1 });
  await copyRow("notices", {
    ...{ id: notice.id, times: MANY },
    changes: {
      published_at: sql`now() - n * interval '1 hour'`,
      created_at: sql`now() - n * interval '1 hour'`,
    },
  });
  const request = await givenRequest(null);
  await copyRow("requests", {
    ...{ id: request.id, times: MANY },
    changes: {
      number: sql`'R-2020-' || n`,
      ticket_number: sql`'T-' || n`,
      status: sql`case when n % 100 = 0 then 'received' else 'withdrawn' end`,
      due_date: sql`date '2026-11-20' - n % 2000 + 10`,
      answered_at: sql`case when n % 100 <> 0 then now() end`,
      account_id: sql`case when n % 2000 = 2 then ${accountId}::text end`,
      requester_id: sql`case when n % 2000 = 3 then ${reader.id}::text else (select id::text from users limit 1) end`,
    },
  });
  const link = await givenLink(await givenStaff("support"), {
    ticketNumber: "T-77",
    purpose: "file_request",
  });
  await copyRow("ticket_links", {
    ...{ id: link.id, times: MANY },
    changes: { ticket_number: sql`'T-' || n`, created_at: sql`now() - n * interval '1 minute'` },
  });
  const { account, owner } = await givenSmallAccount();
  const { id } = await givenCoolingOff(account, owner);
  await copyRow("deregistrations", {
    ...{ id, times: MANY },
    changes: {
      number: sql`'C-2020-' || n`,
      status: sql`'cancelled'`,
      requested_at: sql`now() - n * interval '1 hour'`,
    },
  });
}
