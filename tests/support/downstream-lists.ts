import { sql } from "drizzle-orm";

import { db } from "@/db/client";
import { listCalls } from "@/domain/broadcasts/calls";
import { listReach } from "@/domain/broadcasts/list-reach";
import { measureReach } from "@/domain/broadcasts/measure-reach";
import { asJob } from "@/domain/context";
import { exportToldAccounts, listDownstream } from "@/domain/incidents/downstream";
import { listRehearsed } from "@/domain/incidents/rehearsal-report";
import { saveAudience } from "@/domain/incidents/save-audience";
import { exportAudienceApps } from "@/domain/incidents/saved-audiences";

import { acting } from "./context";
import { copyOf, copyRow } from "./copies";
import {
  givenAffected,
  givenAnnouncement,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
} from "./notices";
import { givenAccount } from "./people";
import { as, copies, type Listing, MANY, NOON } from "./page-lists";

/** Accounts and apps are written into a file some hundreds at a time. */
const THREE_PAGES_TO_EXPORT = 1001;

/** The lists of who was told of an incident, as domain/page.test.ts reads them. */
export const LISTS_OF_DOWNSTREAM: Record<string, () => Promise<Listing>> = {
  async "incidents/downstream.ts"() {
    const { owner, number } = await givenTellingToMany("17", MANY);
    return { id: "uin", read: (page) => listDownstream(acting(owner, NOON), { number, page }) };
  },
  async "incidents/downstream.ts: a telling's accounts"() {
    const { broadcastId } = await givenTellingToMany("16", THREE_PAGES_TO_EXPORT);
    const ctx = await as("support");
    return { id: "uin", read: (page) => exportToldAccounts(ctx, { broadcastId, page }) };
  },
  async "incidents/rehearsal-report.ts"() {
    const { number } = await givenTellingToMany("12", MANY, { isRehearsal: true });
    const ctx = await as("author");
    return { id: "uin", read: (page) => listRehearsed(ctx, { number, page }) };
  },
  async "incidents/saved-audiences.ts: its apps"() {
    const desk = await givenNoticeDesk();
    const { app } = await givenAffected(desk.productId, { platforms: { android: "8.0.0" } });
    await copyRow("apps", {
      ...{ id: app.id, times: THREE_PAGES_TO_EXPORT },
      changes: { sdk_app_id: sql`'15' || (80000000 + n)` },
    });
    const { id: noticeId, revision } = await givenAnnouncement(desk);
    const ctx = acting(desk.author, NOON);
    await db.execute(sql`
      insert into app_platforms (app_id, platform, sdk_version)
      select p.id, 'ios', '8.0.0' from apps p where p.product_id = ${desk.productId} and p.id <> ${app.id}`);
    const { audienceId } = await saveAudience(ctx, { noticeId, revision, name: "很多应用" });
    return { id: "sdkAppId", read: (page) => exportAudienceApps(ctx, { audienceId, page }) };
  },
  async "broadcasts/list-reach.ts"() {
    const { id } = await givenAccount();
    await copies("accounts", id, { uin: sql`'14' || (7000000 + n)` });
    const job = asJob("measure-reach", new Date());
    while ((await measureReach(job, {})) > 0);
    const ctx = await as("support");
    return { id: "accountId", read: (page) => listReach(ctx, { shelf: "all", page }) };
  },
  async "broadcasts/calls.ts"() {
    const { id } = await givenAccount();
    await copies("accounts", id, { uin: sql`'13' || (7000000 + n)` });
    await db.execute(sql`
      insert into calls (account_id, cause, opened_at, due_at)
      select id, 'unreachable', now(), '2026-11-20' from accounts where uin like '137%'`);
    const ctx = await as("support");
    return { id: "id", read: (page) => listCalls(ctx, { page }) };
  },
};

/** Many accounts of one owner, each concerned by one incident with an app of its own. */
async function givenTellingToMany(mark: string, times: number, { isRehearsal = false } = {}) {
  const desk = await givenNoticeDesk();
  const { app, account, owner } = await givenAffected(desk.productId, {
    platforms: { android: "8.0.0" },
  });
  const { id: incidentId, number } = await givenIncident(desk, { isRehearsal });
  const audience = isRehearsal && { audience: { accountIds: [account.id] } };
  const notice = await givenNotice(desk, { incidentId, ...audience });
  const { id, broadcastId } = await published(desk, notice, { typedPeople: 1 });
  const accountOf = copyOf("accounts", account.id);
  const named = { uin: sql`${mark} || (7000000 + n)` };
  await copyRow("accounts", { id: account.id, times, changes: named });
  const own = { sdk_app_id: sql`${mark} || (80000000 + n)`, account_id: accountOf };
  await copyRow("apps", { id: app.id, times, changes: own });
  const { rows } = await db.execute<{ accountId: string }>(sql`
    insert into notice_targets (notice_id, app_id, account_id, reason)
    select ${id}, ${copyOf("apps", app.id)}, ${accountOf}, 'named'
    from generate_series(1, ${times}::int) n
    returning account_id as "accountId"`);
  const memberships = rows.map(({ accountId }) => ({ accountId, role: "owner" as const }));
  return { owner: { ...owner, memberships }, number, broadcastId: broadcastId ?? "" };
}
