import { and, asc, eq, inArray, isNull, ne } from "drizzle-orm";
import { z } from "zod";

import { incidents, notices, products, users } from "@/db/schema";

import { pageInput } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";
import { withReturns } from "../reviews/read";
import { firstToldAt } from "./find";

const PAGE = 30;
const NEWEST = [down("moment", notices.createdAt), down("uuid", notices.id)];

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
  publishedAt: notices.publishedAt,
  broadcastId: notices.broadcastId,
  productZh: products.nameZh,
  productEn: products.nameEn,
  authorName: users.name,
  incidentNumber: incidents.number,
  firstNoticeDueAt: incidents.firstNoticeDueAt,
  firstToldAt,
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
        .select({ ...columns, cursor: slice.cursor })
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

export type NoticeAhead = Awaited<ReturnType<typeof listNoticesAhead>>[number];

/** The notices on their way: those that wait for a second person first, the longest waiting on top. */
export const listNoticesAhead = query({
  may: "notice.readDrafts",
  input: z.object({}),

  async run({ db }) {
    const rows = await db
      .select(columns)
      .from(notices)
      .innerJoin(products, eq(products.id, notices.productId))
      .innerJoin(users, eq(users.id, notices.authorId))
      .leftJoin(incidents, eq(incidents.id, notices.incidentId))
      .where(inArray(notices.status, ["draft", "in_review"]))
      .orderBy(asc(notices.submittedAt), asc(notices.updatedAt), asc(notices.id));
    return withReturns(
      db,
      rows.map((row) => ({
        ...asShown(row),
        /** Until when it has to be out: a notice that would be the first to tell anybody (P17). */
        dueAt: row.notifies && !row.firstToldAt ? row.firstNoticeDueAt : null,
      })),
    );
  },
});
