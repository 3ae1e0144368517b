import { and, asc, eq, inArray, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { noticeReviews, notices, products, users } from "@/db/schema";
import type { Visibility } from "@/db/vocabulary";

import { uuid } from "../input";
import { query } from "../query";
import { appChanges, haveChanged } from "./app-changes";
import { appsOfNotice } from "./audience";
import { contentHash } from "./content";
import { findWithIncident, type NoticeWithIncident } from "./find";
import { measureAudience } from "./measure-audience";
import { missingForSubmission, needsTypedCount } from "./rules";

export type OpsNotice = Awaited<ReturnType<typeof findNotice>>;

/**
 * One notice for the composer and the reviewer: its content and hash as they are now, exactly whom it
 * concerns, what is missing, what of its apps changed since the submission, who wrote it, how it was
 * reviewed. @throws NotFound
 */
export const findNotice = query({
  may: "notice.readDrafts",
  input: z.object({ noticeId: uuid }),

  async run({ db, now }, { noticeId }) {
    const subject = await findWithIncident(db, noticeId);
    const { notice, incident } = subject;
    const visibility = visibilityOf(subject);
    const apps = await appsOfNotice(db, notice);
    const measured = await measureAudience(db, {
      apps,
      rule: notice.audience,
      contactsOnly: visibility === "restricted",
    });
    const isOpen = notice.status !== "published";
    const [product] = await db.select().from(products).where(eq(products.id, notice.productId));
    return {
      ...subject,
      visibility,
      product: { "zh-CN": product?.nameZh ?? "", en: product?.nameEn ?? "" },
      hashNow: (isOpen ? null : notice.contentHash) ?? contentHash(subject, measured.appsHash),
      measured,
      /** What is different from what was submitted; null when nothing is. */
      changes: notice.status === "in_review" ? await changesIn(db, noticeId, apps) : null,
      missing: isOpen ? missingForSubmission({ ...notice, incident, now }) : {},
      needsTypedCount: needsTypedCount(notice.notifies, measured),
      reviews: await reviewsOf(db, noticeId),
      writers: await db
        .select({ id: users.id, name: users.name })
        .from(users)
        .where(inArray(users.id, notice.writerIds))
        .orderBy(asc(users.name)),
      /** What a correction may correct. */
      published: incident ? await publishedOf(db, incident.id) : [],
    };
  },
});

/** A notice that is not out yet goes out as widely as its incident. */
export function visibilityOf({ notice, incident }: NoticeWithIncident): Visibility {
  const isOpen = notice.status !== "published";
  return (isOpen && incident?.visibility) || notice.visibility;
}

async function changesIn(db: Db | Tx, noticeId: string, apps: SQL) {
  const changes = await appChanges(db, noticeId, apps);
  return haveChanged(changes) ? changes : null;
}

function reviewsOf(db: Db | Tx, noticeId: string) {
  return db
    .select({
      id: noticeReviews.id,
      decision: noticeReviews.decision,
      reason: noticeReviews.reason,
      decidedAt: noticeReviews.decidedAt,
      reviewerName: users.name,
    })
    .from(noticeReviews)
    .innerJoin(users, eq(users.id, noticeReviews.reviewerId))
    .where(eq(noticeReviews.noticeId, noticeId))
    .orderBy(asc(noticeReviews.decidedAt));
}

async function publishedOf(db: Db | Tx, incidentId: string) {
  const rows = await db
    .select({
      id: notices.id,
      sequence: notices.sequence,
      type: notices.type,
      publishedAt: notices.publishedAt,
      parts: notices.parts,
    })
    .from(notices)
    .where(and(eq(notices.incidentId, incidentId), eq(notices.status, "published")))
    .orderBy(asc(notices.sequence));
  return rows.map(({ parts, ...row }) => ({ ...row, title: parts.title }));
}
