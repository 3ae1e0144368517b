import { type SQL, sql } from "drizzle-orm";

import type { StaffRole } from "@/db/vocabulary/access";
import { ANONYMOUS, type Context } from "@/domain/context";
import { listAudience } from "@/domain/incidents/list-audience";
import { listIncidents } from "@/domain/incidents/list-incidents";
import { listAnnouncementNotices, listOwnNoticeDrafts } from "@/domain/incidents/list-notices";
import { listPublishedIncidents } from "@/domain/incidents/list-published";
import type { Turns } from "@/domain/page";
import { readCoverage } from "@/domain/policies/coverage";
import { listQueue } from "@/domain/requests/list-queue";
import { listRequestStatus } from "@/domain/requests/list-status";
import { listWaitingReviews } from "@/domain/reviews/waiting";

import { givenMembers } from "./broadcasts";
import { acting, beijing } from "./context";
import { copyRow } from "./copies";
import {
  givenAffected,
  givenAnnouncement,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
  submitted,
} from "./notices";
import { givenPerson, givenStaff } from "./people";
import { givenInForce, givenMajorChange, givenSubmitted, MAJOR_CHANGE } from "./policies";
import { givenRequest } from "./requests";

export const NOON = "2026-11-20 12:00";
/** Twenty pages of the longest, and more than a morning reminds anybody of. */
export const MANY = 1000;

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
};
