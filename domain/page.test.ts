import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { and, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { accounts, deliveries } from "@/db/schema";
import { ROOT } from "@/lib/paths";
import { givenMembers, tellProduct } from "@/tests/support/broadcasts";
import { acting, beijing } from "@/tests/support/context";
import { copyOf } from "@/tests/support/copies";
import { LISTS_OF_DOWNSTREAM } from "@/tests/support/downstream-lists";
import { LISTS_OF_ENDPOINTS } from "@/tests/support/endpoint-lists";
import { givenCoolingOff, givenSmallAccount } from "@/tests/support/deregistration";
import { givenAffected, givenNoticeDesk } from "@/tests/support/notices";
import {
  anybody,
  as,
  copies,
  type Listing,
  LISTS_OF_WORK,
  MANY,
  NOON,
} from "@/tests/support/page-lists";
import {
  givenAccount,
  givenMember,
  givenPerson,
  givenProduct,
  givenStaff,
} from "@/tests/support/people";
import { givenLink, givenToken } from "@/tests/support/tickets";

import { readOwnPart } from "./access/own-data";
import { listSecurityEvents } from "./access/security-events";
import { listAccounts } from "./accounts/list-accounts";
import { listApps } from "./accounts/list-apps";
import { listMembers } from "./accounts/list-members";
import { findSyncRun } from "./accounts/find-sync-run";
import { listOwnAccounts } from "./accounts/list-own";
import { listSyncs } from "./accounts/list-syncs";
import { listAuditEntries } from "./audit/list";
import { listAnnouncements } from "./broadcasts/announcements";
import { listBroadcasts } from "./broadcasts/list";
import { listRecipients } from "./broadcasts/list-recipients";
import { listSuppressions } from "./broadcasts/suppressions";
import { listUnreached } from "./broadcasts/unreached";
import type { Person } from "./context";
import { listDeregistrations } from "./deregistrations/list";
import { lookBack } from "./evidence/look-back";
import { listInbox } from "./inbox/list";
import type { Turns } from "./page";
import { listStaff } from "./staff/list-staff";
import { findCustomers } from "./tickets/find-customers";
import { listTicketLinks } from "./tickets/list-links";
import { listNamedNotices } from "./tickets/list-notices";
import { listTokens } from "./tickets/list-tokens";
import { lookAtAccount } from "./tickets/look-at-customer";
import { listCustomerBroadcasts } from "./tickets/list-customer-broadcasts";

/** Every list that is read page by page, by the file that reads it: `id` names what tells its rows apart. */
const LISTS: Record<string, () => Promise<Listing>> = {
  ...LISTS_OF_WORK,
  ...LISTS_OF_ENDPOINTS,
  ...LISTS_OF_DOWNSTREAM,
  async "access/security-events.ts"() {
    await db.execute(sql`
      insert into security_events (at, kind, network, device)
      select ${beijing(NOON)}, 'refused', '192.0.2.77', 'Chrome · Windows'
      from generate_series(1, ${MANY}::int) n`);
    const ctx = await as("auditor");
    return { id: "id", read: (page) => listSecurityEvents(ctx, { search: "192.0.2.77", page }) };
  },
  async "access/own-data.ts"() {
    await db.execute(sql`
      insert into security_events (at, kind, user_id, network, device, what)
      select ${beijing(NOON)}, 'refused', ${reader.id}, '192.0.2.78', '', '/page/' || n
      from generate_series(1, ${MANY}::int) n`);
    const whose = { of: "person", id: reader.id, email: reader.email } as const;
    const asked = { whose, part: "securityRecords", size: 50 };
    return { id: "what", read: (page) => readOwnPart(acting(reader, NOON), { ...asked, page }) };
  },
  async "accounts/list-accounts.ts"() {
    const name = await givenNamesakes();
    const ctx = await as("admin");
    return { id: "uin", read: (page) => listAccounts(ctx, { search: name, page }) };
  },
  async "accounts/list-apps.ts"() {
    const accountId = await givenManyApps(16);
    const ctx = await as("admin");
    return { id: "id", read: (page) => listApps(ctx, { accountId, page }) };
  },
  async "accounts/list-members.ts"() {
    const { id: accountId } = await givenAccount();
    await db.execute(sql`
      with people as (
        insert into users (email, name, locale, created_at)
        select 'joined-' || n || '@list.example', '同名的人', 'zh-CN', now() from generate_series(1, ${MANY}::int) n
        returning id
      )
      insert into members (account_id, user_id, role, joined_at)
      select ${accountId}, id, 'member', now() from people`);
    const ctx = await as("admin");
    return { id: "id", read: (page) => listMembers(ctx, { accountId, page }) };
  },
  async "accounts/list-own.ts"() {
    const person = await givenPerson("多账号的人");
    const name = await givenNamesakes();
    await db.execute(sql`
      insert into members (account_id, user_id, role, joined_at)
      select id, ${person.id}, 'viewer', now() from accounts where name = ${name}`);
    const own = await db.select({ id: accounts.id }).from(accounts).where(eq(accounts.name, name));
    const memberships = own.map(({ id }) => ({ accountId: id, role: "viewer" as const }));
    const ctx = acting({ ...person, memberships }, NOON);
    return { id: "id", read: (page) => listOwnAccounts(ctx, { page }) };
  },
  async "accounts/list-syncs.ts"() {
    await givenSyncs();
    const ctx = await as("auditor");
    return { id: "id", read: (page) => listSyncs(ctx, { view: "failed", page }) };
  },
  async "accounts/find-sync-run.ts"() {
    const syncId = await givenSyncs();
    await db.execute(sql`
      insert into account_sync_problems (sync_id, line, uin, pointer, message_key, values)
      select ${syncId}, 1 + n / 3, '', '', 'accounts.errors.sync.notJson', '{}'
      from generate_series(1, ${2 * MANY}::int) n`);
    const ctx = await as("auditor");
    return {
      id: "id",
      read: async (page) => (await findSyncRun(ctx, { syncId, page })).problems,
    };
  },
  async "audit/list.ts"() {
    const ctx = await as("auditor");
    await givenAccountsEdited();
    return {
      id: "seq",
      read: (page) => listAuditEntries(ctx, { action: "account.edited", page }),
    };
  },
  async "broadcasts/announcements.ts"() {
    return { id: "id", read: (page) => listAnnouncements(anybody, { page }) };
  },
  async "broadcasts/list.ts"() {
    const ctx = await as("support");
    return { id: "id", read: (page) => listBroadcasts(ctx, { page }) };
  },
  async "broadcasts/list-recipients.ts"() {
    const { id } = await givenCrowdTold("recipient");
    const ctx = await as("support");
    return { id: "userId", read: (page) => listRecipients(ctx, { broadcastId: id, page }) };
  },
  async "broadcasts/suppressions.ts"() {
    await db.execute(sql`
      insert into suppressions (address, reason, since)
      select 'stopped-' || n || '@list.example', 'bounced', ${beijing(NOON)}
      from generate_series(1, ${MANY}::int) n`);
    const ctx = await as("support");
    return { id: "id", read: (page) => listSuppressions(ctx, { search: "stopped-", page }) };
  },
  async "broadcasts/unreached.ts"() {
    const { id } = await givenCrowdTold("missed");
    await db.execute(sql`
      insert into unreached_accounts (broadcast_id, account_id, found_at)
      select ${id}, id, now() from accounts where uin like 'crowd-missed%'`);
    const ctx = await as("support");
    return { id: "accountId", read: (page) => listUnreached(ctx, { page }) };
  },
  async "deregistrations/list.ts"() {
    const { account, owner } = await givenSmallAccount();
    const { id } = await givenCoolingOff(account, owner);
    await copies("deregistrations", id, {
      number: sql`'C-2026-9' || n`,
      status: sql`'cancelled'`,
    });
    const ctx = await as("admin");
    return { id: "number", read: (page) => listDeregistrations(ctx, { view: "cancelled", page }) };
  },
  async "inbox/list.ts"() {
    return { id: "id", read: (page) => listInbox(acting(reader, NOON), { page }) };
  },
  async "evidence/look-back.ts"() {
    const ctx = await as("auditor");
    const person = { of: "person", id: reader.id, at: ctx.now.toISOString() } as const;
    return { id: "id", read: async (page) => (await lookBack(ctx, { ...person, page })).messages };
  },
  async "staff/list-staff.ts"() {
    await db.execute(sql`
      with people as (
        insert into users (email, name, locale, created_at)
        select 'staff-' || n || '@list.example', '同名的人', 'zh-CN', now() from generate_series(1, ${MANY}::int) n
        returning id
      )
      insert into staff_roles (user_id, role, granted_at)
      select id, 'support', now() from people`);
    const ctx = await as("admin");
    return { id: "id", read: (page) => listStaff(ctx, { page }) };
  },
  async "tickets/find-customers.ts"() {
    const name = await givenNamesakes();
    const ctx = await as("support");
    return {
      id: "uin",
      read: async (page) => (await findCustomers(ctx, { wanted: name, page })).accounts,
    };
  },
  async "tickets/look-at-customer.ts"() {
    const accountId = await givenManyApps(18);
    const ctx = await as("support");
    return {
      id: "id",
      read: async (page) => (await lookAtAccount(ctx, { accountId, apps: page })).apps,
    };
  },
  async "tickets/list-links.ts"() {
    const { id } = await givenLink(await givenStaff("support"), {
      ticketNumber: "T-77",
      purpose: "file_request",
    });
    await copies("ticket_links", id, {});
    const ctx = await as("support");
    return { id: "id", read: (page) => listTicketLinks(ctx, { ticket: "T-77", page }) };
  },
  async "tickets/list-tokens.ts"() {
    const { id } = await givenToken();
    await copies("api_tokens", id, {
      name: sql`'系统 ' || n`,
      token_hash: sql`'hash ' || n`,
      revoked_at: sql`case when n % 2 = 0 then created_at end`,
    });
    const ctx = await as("admin");
    return { id: "id", read: (page) => listTokens(ctx, { page }) };
  },
  async "tickets/list-notices.ts"() {
    const told = await tellProduct(
      acting(await givenStaff("approver"), NOON),
      (await givenProduct()).id,
    );
    await copies("broadcasts", told.id, {
      kind: sql`'announcement'`,
      is_public: sql`true`,
      facts: sql`jsonb_build_object('title', '{"en": "One of many"}'::jsonb)`,
    });
    const ctx = await as("support");
    return { id: "value", read: (page) => listNamedNotices(ctx, { search: "ONE OF many", page }) };
  },
  async "tickets/list-customer-broadcasts.ts"() {
    const ctx = await as("support");
    return {
      id: "id",
      read: (page) => listCustomerBroadcasts(ctx, { of: { userId: reader.id }, page }),
    };
  },
};

let reader: Person;

/** Somebody told of many things at one moment, by a broadcast each. */
beforeAll(async () => {
  const product = await givenProduct();
  const account = await givenAccount({ productId: product.id });
  reader = await givenMember(account.id, "owner");
  const { id } = await tellProduct(acting(await givenStaff("approver"), NOON), product.id);
  await copies("broadcasts", id, {});
  const [message] = await db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(and(eq(deliveries.broadcastId, id), eq(deliveries.channel, "inbox")));
  await copies("deliveries", message!.id, { broadcast_id: copyOf("broadcasts", id) });
});

describe.each(Object.entries(LISTS))("%s", (_, given) => {
  let list: Listing;
  beforeAll(async () => {
    list = await given();
  });

  test("shows many rows of one moment exactly once, in one order, forwards and back", async () => {
    const forwards = await turn(list, "next", undefined);
    expect(forwards.ids.length).toBeGreaterThanOrEqual(MANY);
    expect(new Set(forwards.ids).size).toBe(forwards.ids.length);
    expect(forwards.pages).toBeGreaterThan(2);

    const back = await turn(list, "previous", forwards.last);
    expect(forwards.ids.slice(0, back.ids.length)).toEqual(back.ids);
    expect(forwards.ids.length - back.ids.length).toBe(forwards.onLast);
  }, 240_000);

  test("shows the first page for an address that names none", async () => {
    const first = (await list.read(undefined)).rows;
    for (const page of BROKEN) expect((await list.read(page)).rows).toEqual(first);
  });
});

test("every list that turns pages stands in the table above", () => {
  const folder = path.join(ROOT, "domain");
  const readers = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) =>
      file.endsWith(".ts") && /\breadPage\(/.test(readFileSync(path.join(folder, file), "utf8")),
  );
  expect(readers.toSorted()).toEqual(
    ["page.ts", ...new Set(Object.keys(LISTS).map(fileOf))].toSorted(),
  );
});

/** A file that reads several lists has a row for each. */
const fileOf = (row: string) => row.split(": ")[0];

const address = (text: string) => Buffer.from(text).toString("base64url");

const BROKEN = [
  "2",
  "2026-11-20T04:00:00.000Z",
  "'; drop table users --",
  "\u0000",
  address("next"),
  address("next {"),
  address("sideways []"),
  address("next []"),
  ...[1, 2, 3].flatMap((keys) =>
    ["2026-13-45T00:00:00.000000Z", "0000-01-01", "9".repeat(19) + "\u0000"].map((key) =>
      address(`next ${JSON.stringify(Array.from({ length: keys }, () => key))}`),
    ),
  ),
];

/** Turns the pages of a list one way to its end. */
async function turn({ id, read }: Listing, way: keyof Turns, start: string | undefined) {
  const pages: string[][] = [];
  let [at, last] = [start, start];
  do {
    const page = await read(at);
    const ids = page.rows.map((row) => String((row as Record<string, unknown>)[id]));
    if (way === "next") pages.push(ids);
    else pages.unshift(ids);
    if (way === "next" && page.previous) last = page.previous;
    at = page[way] ?? undefined;
  } while (at);
  return { ids: pages.flat(), pages: pages.length, last, onLast: pages.at(-1)?.length ?? 0 };
}

/** An account of many apps, half of them closed. */
async function givenManyApps(prefix: number): Promise<string> {
  const desk = await givenNoticeDesk();
  const { app } = await givenAffected(desk.productId, { platforms: { android: "8.0.0" } });
  await copies("apps", app.id, {
    sdk_app_id: sql`${String(prefix)} || (10000 + n)`,
    closed_at: sql`case when n % 2 = 0 then created_at end`,
  });
  return app.accountId;
}

/** Accounts of one name, opened at one moment. */
async function givenNamesakes(): Promise<string> {
  const name = `同名 ${Math.random()}`;
  const { id, uin } = await givenAccount({ name });
  await copies("accounts", id, { uin: sql`${uin} || '-' || n` });
  return name;
}

/** Bulks of one moment. @returns one of them */
async function givenSyncs(): Promise<string> {
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into account_syncs (created_by, created_at, finished_at, state, is_dry_run)
    select 'gone', ${beijing(NOON)}, ${beijing(NOON)}, 'refused', false
    from generate_series(1, ${MANY}::int) n returning id`);
  return rows[0]?.id ?? "";
}

async function givenAccountsEdited(): Promise<void> {
  await db.execute(sql`
    insert into audit_entries (at, action, actor_kind, actor_id, subject_type, subject_id)
    select now(), 'account.edited', 'job', 'setup', 'account', 'account ' || n
    from generate_series(1, ${MANY}::int) n`);
}

/** A broadcast to many people, each of an account of their own. */
async function givenCrowdTold(prefix: string): Promise<{ id: string }> {
  const product = await givenProduct();
  await givenMembers(product.id, MANY, prefix);
  return tellProduct(acting(await givenStaff("approver"), NOON), product.id);
}
