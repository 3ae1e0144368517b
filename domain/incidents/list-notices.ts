import { and, arrayContains, asc, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { incidents, notices, products, users } from "@/db/schema";

import { person } from "../access/permissions";
import { firstToldAt } from "../broadcasts/first-told";
import { type Following, followingColumn, followingOf } from "../broadcasts/following";
import { pageInput, uuid } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";
import { withReturns } from "../reviews/read";

const PAGE = 30;
const DRAFTS = 20;
const NEWEST = [down("moment", notices.createdAt), down("uuid", notices.id)];
const TOUCHED = [down("moment", notices.updatedAt), down("uuid", notices.id)];

const columns = {
  id: notices.id,
  type: notices.type,
  sequence: notices.sequence,
  status: notices.status,
  visibility: notices.visibility,
  parts: notices.parts,
  notifies: notices.notifies,
  writerIds: notices.writerIds,
  createdAt: notices.createdAt,
  updatedAt: notices.updatedAt,
  submittedAt: notices.submittedAt,
  followKind: notices.followKind,
  goesOutAt: notices.goesOutAt,
  goesOutZone: notices.goesOutZone,
  publishedAt: notices.publishedAt,
  broadcastId: notices.broadcastId,
  productZh: products.nameZh,
  productEn: products.nameEn,
  authorName: users.name,
  incidentNumber: incidents.number,
  firstNoticeDueAt: incidents.firstNoticeDueAt,
  firstToldAt,
};

/** What has become of an announcement since. */
const marks = {
  withdrawnAt: sql<Date | null>`(
    select w.decided_at from withdrawals w
    where w.subject_id = ${notices.id} and w.decision = 'approved')`.mapWith(
    (at: string) => new Date(at),
  ),
  following: sql`${followingOf(sql`${notices.id}`)}`.mapWith((rows: unknown): Following =>
    followingColumn.parse(rows),
  ),
};

const asShown = <Row extends { productZh: string; productEn: string }>({
  productZh,
  productEn,
  ...row
}: Row) => ({ ...row, product: { "zh-CN": productZh, en: productEn } });

export type AnnouncementRow = Awaited<ReturnType<typeof listAnnouncementNotices>>["rows"][number];

/** Announcements, drafts included, newest first, 30 a page. */
export const listAnnouncementNotices = query({
  may: "notice.readDrafts",
  input: z.object(pageInput),

  async run({ db }, { page }) {
    const { rows, ...turns } = await readPage({ keys: NEWEST, size: PAGE, page }, (slice) =>
      db
        .select({ ...columns, ...marks, cursor: slice.cursor })
        .from(notices)
        .innerJoin(products, eq(products.id, notices.productId))
        .innerJoin(users, eq(users.id, notices.authorId))
        .leftJoin(incidents, eq(incidents.id, notices.incidentId))
        .where(and(isNull(notices.incidentId), ne(notices.status, "discarded"), slice.beyond))
        .orderBy(slice.order)
        .limit(slice.limit),
    );
    return { rows: rows.map(asShown), ...turns };
  },
});

const SCHEDULED = 100;

/** The announcements that are approved and wait for their moment, the soonest first. */
export const listScheduledAnnouncements = query({
  may: "notice.readDrafts",
  input: z.object({}),

  async run({ db }) {
    const rows = await db
      .select({
        id: notices.id,
        goesOutAt: notices.goesOutAt,
        goesOutZone: notices.goesOutZone,
        parts: notices.parts,
        productZh: products.nameZh,
        productEn: products.nameEn,
      })
      .from(notices)
      .innerJoin(products, eq(products.id, notices.productId))
      .where(eq(notices.status, "scheduled"))
      .orderBy(asc(notices.goesOutAt), asc(notices.id))
      .limit(SCHEDULED);
    return rows.map(({ parts, ...row }) => asShown({ ...row, title: parts.title }));
  },
});

export type NoticeAhead = Awaited<ReturnType<typeof readNoticesAhead>>[number];

/** The notices named that are on their way: drafts and what waits for a second person, in no order. */
export const readNoticesAhead = query({
  may: "notice.readDrafts",
  input: z.object({ ids: z.array(uuid) }),

  run: ({ db }, { ids }) => noticesAhead(db, ids),
});

/** The drafts of notices the reader has a part in, those touched last first, 20 a page. */
export const listOwnNoticeDrafts = query({
  may: "notice.readDrafts",
  input: z.object(pageInput),

  async run({ db, actor }, { page }) {
    const isOwn = arrayContains(notices.writerIds, [person(actor).id]);
    const { rows, ...turns } = await readPage({ keys: TOUCHED, size: DRAFTS, page }, (slice) =>
      db
        .select({ id: notices.id, cursor: slice.cursor })
        .from(notices)
        .where(and(eq(notices.status, "draft"), isOwn, slice.beyond))
        .orderBy(slice.order)
        .limit(slice.limit),
    );
    const ids = rows.map(({ id }) => id);
    const drafts = new Map((await noticesAhead(db, ids)).map((one) => [one.id, one]));
    return { rows: ids.flatMap((id) => drafts.get(id) ?? []), ...turns };
  },
});

async function noticesAhead(db: Db | Tx, ids: readonly string[]) {
  const rows = await db
    .select(columns)
    .from(notices)
    .innerJoin(products, eq(products.id, notices.productId))
    .innerJoin(users, eq(users.id, notices.authorId))
    .leftJoin(incidents, eq(incidents.id, notices.incidentId))
    .where(and(inArray(notices.id, [...ids]), inArray(notices.status, ["draft", "in_review"])));
  return withReturns(
    db,
    rows.map((row) => ({
      ...asShown(row),
      /** Until when it has to be out: a notice that would be the first to tell anybody (P17). */
      dueAt: row.notifies && !row.firstToldAt ? row.firstNoticeDueAt : null,
    })),
  );
}
