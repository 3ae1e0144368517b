import { eq, type SQL, sql } from "drizzle-orm";

import { db } from "@/db/client";
import { policyAcknowledgements, policyVersions } from "@/db/schema";
import type { StaffRole } from "@/db/vocabulary/access";
import { ANONYMOUS, type Context } from "@/domain/context";
import { listAccountIncidents } from "@/domain/incidents/list-account-incidents";
import { listAudience } from "@/domain/incidents/list-audience";
import { listIncidents } from "@/domain/incidents/list-incidents";
import { listAnnouncementNotices, listOwnNoticeDrafts } from "@/domain/incidents/list-notices";
import { listPublishedIncidents } from "@/domain/incidents/list-published";
import { readOwnApps } from "@/domain/incidents/own-apps";
import type { Turns } from "@/domain/page";
import { listAccountAnswers } from "@/domain/policies/account-answers";
import { listAskTasks } from "@/domain/policies/ask-tasks";
import { readCoverage } from "@/domain/policies/coverage";
import { listAhead } from "@/domain/policies/list-ahead";
import { listArchive, readLibrary } from "@/domain/policies/library";
import { listDocuments, listVersions } from "@/domain/policies/list-documents";
import { listUnconsented } from "@/domain/policies/list-unconsented";
import { listOwnAnswers } from "@/domain/policies/own-answers";
import { listOwnPolicies } from "@/domain/policies/own-policies";
import { pendingAnswers } from "@/domain/policies/pending-answers";
import { searchPolicies } from "@/domain/policies/search-policies";
import { listQueue } from "@/domain/requests/list-queue";
import { listRequestStatus } from "@/domain/requests/list-status";
import { listOwnRequests, listRoutedRequests } from "@/domain/requests/read-own";
import { listWaitingReviews } from "@/domain/reviews/waiting";

import { giveAnswer } from "./answers";
import { givenMembers } from "./broadcasts";
import { acting, beijing } from "./context";
import { copyOf, copyRow } from "./copies";
import {
  givenAffected,
  givenAnnouncement,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
  submitted,
} from "./notices";
import { asOwner } from "./owner";
import { givenAccount, givenMember, givenPerson, givenStaff } from "./people";
import {
  givenApproved,
  givenInForce,
  givenMajorChange,
  givenSubmitted,
  MAJOR_CHANGE,
} from "./policies";
import { givenRequest, givenRouted } from "./requests";

export const NOON = "2026-11-20 12:00";
/** Three pages of most lists; `LISTED=1000` makes twenty. */
export const MANY = Number(process.env.LISTED ?? 120);

type Page = { rows: readonly object[] } & Turns;
export type Listing = { id: string; read: (page: string | undefined) => Promise<Page> };

export const as = async (role: StaffRole): Promise<Context> => acting(await givenStaff(role), NOON);

export const anybody: Context = { actor: ANONYMOUS, now: beijing(NOON) };

/** Copies a row as often as makes many pages. */
export const copies = (table: string, id: string, changes: Record<string, SQL>) =>
  copyRow(table, { id, times: MANY, changes });

/** What is written, decided and answered: incidents, policies, requests. */
export const LISTS_OF_WORK: Record<string, () => Promise<Listing>> = {
  async "incidents/list-audience.ts"() {
    const desk = await givenNoticeDesk();
    const { app } = await givenAffected(desk.productId, { platforms: { android: "8.0.0" } });
    await copies("apps", app.id, { sdk_app_id: sql`'15' || (10000 + n)` });
    const notice = await givenAnnouncement(desk);
    const ctx = await as("author");
    return { id: "sdkAppId", read: (page) => listAudience(ctx, { noticeId: notice.id, page }) };
  },
  async "incidents/list-incidents.ts"() {
    const { id } = await givenIncident(await givenNoticeDesk());
    await copies("incidents", id, { number: sql`'I-2026-8' || n` });
    const ctx = await as("author");
    return { id: "id", read: (page) => listIncidents(ctx, { page }) };
  },
  async "incidents/list-notices.ts"() {
    const { id } = await givenAnnouncement(await givenNoticeDesk());
    await copies("notices", id, {});
    const ctx = await as("author");
    return { id: "id", read: (page) => listAnnouncementNotices(ctx, { page }) };
  },
  async "incidents/list-notices.ts: own drafts"() {
    const desk = await givenNoticeDesk();
    const { id } = await givenAnnouncement(desk);
    await copies("notices", id, {});
    const ctx = acting(desk.author, NOON);
    return { id: "id", read: (page) => listOwnNoticeDrafts(ctx, { page }) };
  },
  async "incidents/own-apps.ts"() {
    const { owner, number } = await givenStakeOfMany();
    return {
      id: "appId",
      read: async (page) => {
        const stake = await readOwnApps(acting(owner, NOON), { number, affected: page });
        return { rows: stake.affected, ...stake.turns.affected };
      },
    };
  },
  async "incidents/own-apps.ts: others"() {
    const { owner, number } = await givenStakeOfMany();
    return {
      id: "appId",
      read: async (page) => {
        const stake = await readOwnApps(acting(owner, NOON), { number, others: page });
        return { rows: stake.others, ...stake.turns.others };
      },
    };
  },
  async "incidents/list-published.ts"() {
    const desk = await givenNoticeDesk();
    await givenAffected(desk.productId, { platforms: { android: "8.0.0" } });
    const incident = await givenIncident(desk, { visibility: "public" });
    const notice = await published(desk, await givenNotice(desk, { incidentId: incident.id }), {
      typedPeople: 1,
    });
    await copies("incidents", incident.id, { number: sql`'I-2026-7' || n` });
    await copies("notices", notice.id, {
      incident_id: sql`(select id from incidents where number = 'I-2026-7' || n)`,
    });
    return {
      id: "number",
      read: (page) => listPublishedIncidents(anybody, { page }),
    };
  },
  async "policies/coverage.ts"() {
    const { next, productId } = await givenMajorChange();
    await givenMembers(productId, MANY, "covered");
    const ctx = await as("author");
    return { id: "uin", read: (page) => readCoverage(ctx, { versionId: next.id, page }) };
  },
  async "policies/list-unconsented.ts"() {
    const desk = await givenInForce();
    const next = await givenApproved(desk, { ...MAJOR_CHANGE, needsConsent: true });
    await givenMembers(desk.productId, MANY, "unconsented");
    await db.execute(sql`
      update apps set created_at = '2026-01-01' where product_id = ${desk.productId}`);
    const ctx = await as("author");
    return {
      id: "uin",
      read: (page) => listUnconsented(ctx, { versionId: next.id, page, size: 50 }),
    };
  },
  async "reviews/waiting.ts"() {
    const desk = await givenInForce();
    const { id } = await givenSubmitted(desk, MAJOR_CHANGE);
    await copies("policy_versions", id, { document_id: sql`gen_random_uuid()` });
    const notices = await givenNoticeDesk();
    const silent = { notifies: false, silentReason: "改正错字。" };
    const notice = await submitted(notices, await givenAnnouncement(notices, silent));
    await copies("notices", notice.id, {});
    const ctx = acting(desk.approver, NOON);
    return { id: "id", read: (page) => listWaitingReviews(ctx, { ofOthers: true, page }) };
  },
  async "requests/list-queue.ts"() {
    const { id } = await givenRequest((await givenPerson("请求人")).id);
    await copies("requests", id, { number: sql`'R-2026-6' || n` });
    const ctx = await as("handler");
    return { id: "number", read: (page) => listQueue(ctx, { view: "open", page }) };
  },
  async "requests/list-status.ts"() {
    const person = await givenPerson("请求人");
    const { id } = await givenRequest(person.id);
    await copies("requests", id, {
      number: sql`'R-2026-5' || n`,
      status: sql`case when n % 2 = 0 then 'received' else 'withdrawn' end`,
    });
    const ctx = await as("support");
    return {
      id: "number",
      read: (page) => listRequestStatus(ctx, { requesterId: person.id, page }),
    };
  },
  async "incidents/list-account-incidents.ts"() {
    const desk = await givenNoticeDesk();
    const { account, app } = await givenAffected(desk.productId, {
      platforms: { android: "8.0.0" },
    });
    const incident = await givenIncident(desk);
    const notice = await givenNotice(desk, { incidentId: incident.id });
    await published(desk, notice, { typedPeople: 1 });
    await copies("incidents", incident.id, { number: sql`'I-2026-6' || n` });
    await copies("notices", notice.id, { incident_id: copyOf("incidents", incident.id) });
    await db.execute(sql`
      insert into notice_targets (notice_id, app_id, account_id, reason)
      select ${copyOf("notices", notice.id)}, ${app.id}, ${account.id}, 'named'
      from generate_series(1, ${MANY}::int) n`);
    const ctx = await as("support");
    return {
      id: "number",
      read: (page) => listAccountIncidents(ctx, { accountId: account.id, page }),
    };
  },
  async "policies/account-answers.ts"() {
    const { accountId } = await givenAnswers();
    const ctx = await as("support");
    return { id: "versionId", read: (page) => listAccountAnswers(ctx, { accountId, page }) };
  },
  async "policies/list-ahead.ts"() {
    const desk = await givenInForce();
    const { id } = await givenSubmitted(desk, MAJOR_CHANGE);
    // Each of a document of its own, of which one version alone may be on its way.
    const [version] = await db.select().from(policyVersions).where(eq(policyVersions.id, id));
    await copies("policy_documents", version!.documentId, { slug: sql`'ahead-' || n` });
    await copies("policy_versions", id, {
      document_id: copyOf("policy_documents", version!.documentId),
      effective_date: sql`case when n % 2 = 0 then one.effective_date end`,
    });
    const ctx = await as("author");
    return { id: "id", read: (page) => listAhead(ctx, { page }) };
  },
  async "policies/list-documents.ts"() {
    const { documentId } = await givenInForce();
    await copies("policy_documents", documentId, { slug: sql`'many-' || n` });
    const ctx = await as("author");
    return { id: "id", read: (page) => listDocuments(ctx, { search: "MANY-", page }) };
  },
  async "policies/list-documents.ts: versions"() {
    const documentId = await givenDocumentOfMany();
    const ctx = await as("author");
    return { id: "id", read: (page) => listVersions(ctx, { documentId, page }) };
  },
  async "policies/library.ts"() {
    const { id } = (await givenInForce()).first;
    const [version] = await db.select().from(policyVersions).where(eq(policyVersions.id, id));
    await copies("policy_documents", version!.documentId, { slug: sql`'public-' || n` });
    await copies("policy_versions", id, {
      document_id: copyOf("policy_documents", version!.documentId),
    });
    return { id: "id", read: (page) => readLibrary(anybody, { page }) };
  },
  async "policies/library.ts: versions"() {
    const documentId = await givenDocumentOfMany();
    return { id: "id", read: (page) => listArchive(anybody, { documentId, page }) };
  },
  async "policies/search-policies.ts"() {
    const documentId = await givenDocumentOfMany();
    await asOwner((own) =>
      own.transaction(async (tx) => {
        await tx.execute(sql`set local session_replication_role = replica`);
        await tx.execute(sql`
          insert into policy_texts (version_id, locale, body, updated_at)
          select id, 'zh-CN', '# 一、许多引言', now() from policy_versions
          where document_id = ${documentId} and status = 'archived'`);
      }),
    );
    const wanted = { q: "许多引言", locale: "zh-CN" as const };
    return { id: "id", read: (page) => searchPolicies(anybody, { ...wanted, page }) };
  },
  async "policies/pending-answers.ts"() {
    const { owner } = await givenAskedForMany();
    return { id: "versionId", read: (page) => pendingAnswers(acting(owner, NOON), { page }) };
  },
  async "policies/ask-tasks.ts"() {
    const { accountId } = await givenAnswers();
    await db.execute(sql`
      insert into ask_tasks (version_id, account_id, kind, opened_at)
      select version_id, account_id, 'overdue', ${beijing(NOON)}
      from policy_acknowledgements where account_id = ${accountId}`);
    const ctx = await as("author");
    return { id: "id", read: (page) => listAskTasks(ctx, { page }) };
  },
  async "policies/own-policies.ts"() {
    const { owner } = await givenAskedForMany();
    return { id: "versionId", read: (page) => listOwnPolicies(acting(owner, NOON), { page }) };
  },
  async "policies/own-answers.ts"() {
    const { owner } = await givenAnswers();
    return { id: "id", read: (page) => listOwnAnswers(acting(owner, NOON), { page }) };
  },
  async "requests/read-own.ts"() {
    const person = await givenPerson("请求人");
    const { id } = await givenRequest(person.id);
    await copies("requests", id, {
      number: sql`'R-2026-4' || n`,
      status: sql`case when n % 2 = 0 then 'received' else 'withdrawn' end`,
    });
    return { id: "number", read: (page) => listOwnRequests(acting(person, NOON), { page }) };
  },
  async "requests/read-own.ts: routed"() {
    const request = await givenRequest((await givenPerson("终端用户")).id);
    const { owner } = await givenRouted(request, await givenStaff("handler"));
    await copies("requests", request.id, { number: sql`'R-2026-3' || n` });
    await db.execute(sql`
      insert into request_events (request_id, status, at)
      select id, 'with_developer', now() from requests where number like 'R-2026-3%'`);
    const ctx = acting(owner, NOON);
    return {
      id: "number",
      read: (page) => listRoutedRequests(ctx, { shelf: "waiting", page }),
    };
  },
};

let asked = 0;

/** An account that a thousand documents of its product ask for an answer, all from one moment on. */
async function givenAskedForMany() {
  asked += 1;
  const { next, documentId, productId } = await givenMajorChange();
  await copies("policy_documents", documentId, { slug: sql`${`asked-${asked}-`} || n` });
  await copies("policy_versions", next.id, {
    document_id: copyOf("policy_documents", documentId),
    status: sql`'in_force'`,
  });
  await db.execute(sql`
    insert into broadcasts select (jsonb_populate_record(one, jsonb_build_object(
      'id', gen_random_uuid(), 'subject_id', ${copyOf("policy_versions", next.id)}))).*
    from broadcasts one, generate_series(1, ${MANY}::int) n
    where one.subject_id = ${next.id} and one.kind = 'policy_change'`);
  await asOwner((own) => own.execute(sql`analyze`));
  const { id } = await givenAccount({ productId });
  return { owner: await givenMember(id, "owner") };
}

async function givenDocumentOfMany(): Promise<string> {
  const { documentId, first } = await givenInForce();
  await copies("policy_versions", first.id, { label: sql`'8.' || n`, status: sql`'archived'` });
  return documentId;
}

/** One account's answers to many versions. */
async function givenAnswers() {
  const { next, productId } = await givenMajorChange();
  const { id: accountId } = await givenAccount({ productId });
  const owner = await givenMember(accountId, "owner");
  const { receiptNumber } = await giveAnswer(owner, next, { accountId });
  const [answer] = await db
    .select()
    .from(policyAcknowledgements)
    .where(eq(policyAcknowledgements.receiptNumber, receiptNumber));
  await copies("policy_versions", next.id, {
    label: sql`'9.' || n`,
    status: sql`'archived'`,
  });
  await copies("policy_acknowledgements", answer!.id, {
    receipt_number: sql`${receiptNumber} || '-' || n`,
    version_id: copyOf("policy_versions", next.id),
  });
  return { accountId, owner };
}

let stakes = 0;

/** An incident that concerns 1,001 apps of one name of an account, and leaves as many alone. */
async function givenStakeOfMany() {
  stakes += 1;
  const desk = await givenNoticeDesk();
  const { app, account, owner } = await givenAffected(desk.productId, {
    platforms: { android: "8.0.0" },
  });
  const incident = await givenIncident(desk);
  const notice = await givenNotice(desk, { incidentId: incident.id });
  const { id } = await published(desk, notice, { typedPeople: 1 });
  await copies("apps", app.id, { sdk_app_id: sql`${`19${stakes}`} || (10000 + n)` });
  await db.execute(sql`
    insert into notice_targets (notice_id, app_id, account_id, reason)
    select ${id}, ${copyOf("apps", app.id)}, ${account.id}, 'named' from generate_series(1, ${MANY}::int) n`);
  await db.execute(sql`
    insert into apps select (jsonb_populate_record(one, jsonb_build_object(
      'id', gen_random_uuid(), 'sdk_app_id', ${`18${stakes}`} || (10000 + n)))).*
    from apps one, generate_series(1, ${MANY}::int) n where one.id = ${app.id}`);
  return { owner, number: incident.number };
}
