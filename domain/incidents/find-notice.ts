import { and, asc, desc, eq, lt, ne, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { emergencySendings, type Notice, notices, products } from "@/db/schema";
import type { FollowKind, Visibility } from "@/db/vocabulary/incidents";

import { peopleOfAccounts, readersOfNotice, recipientsOfApps } from "../broadcasts/audience";
import { foreseeMails } from "../broadcasts/mail-routes";
import { planTexts } from "../broadcasts/text-budget";
import { GRAVE } from "../broadcasts/write-dispatches";
import { uuid } from "../input";
import { query } from "../query";
import { readHistory } from "../reviews/read";
import { isOnItsWay } from "../reviews/rules";
import { appChanges, haveChanged } from "./app-changes";
import { appsFound, appsOfNotice } from "./audience";
import { contentHash } from "./content";
import { findWithIncident, type NoticeWithIncident } from "./find";
import { type Measured, measureAudience } from "./measure-audience";
import { sendingsOf } from "./read-sendings";
import { NOTICE } from "./review-kind";
import { contentForReview } from "./reviewed-content";
import { savedAudienceOf } from "./saved-audiences";
import { templateOf } from "./templates";
import { audienceMissing, missingForSubmission, needsTypedCount } from "./rules";

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
      readers: readersOfNotice(notice, visibility),
    });
    const isOpen = isOnItsWay(notice);
    return {
      ...subject,
      visibility,
      product: await productName(db, notice.productId),
      hashNow: (isOpen ? null : notice.contentHash) ?? contentHash(subject, measured.appsHash),
      measured,
      /** Mails that no route would let leave now, and those that leave though nobody has said from where. */
      mails:
        isOpen && notice.notifies
          ? await foreseeMails(
              db,
              sql`with concerned as (${apps}) ${peopleOfAccounts(readersOfNotice(notice, visibility))}`,
            )
          : { withheld: [], asBefore: 0 },
      /** How many text messages it would send now, and what the budget leaves; null where it sends none. */
      texts: isOpen ? await textsOf(db, { subject, apps, now }) : null,
      /** What is different from what was submitted; null when nothing is. */
      changes: await changesSince(db, notice, apps),
      missing: isOpen ? missingOf(subject, { measured, now }) : {},
      needsTypedCount: needsTypedCount(notice.notifies, measured),
      ...(await readHistory(db, NOTICE, notice)),
      /** What its words were made from. */
      template: await templateOf(db, notice.templateVersionId),
      /** The saved audience that its rule is of. */
      savedAudience: await savedAudienceOf(db, notice.audienceVersionId),
      beneath: isOpen ? await noticeBeneath(db, subject) : null,
      /** Where one person sent it alone: why, and who has looked since. */
      sending: notice.sentAloneBy ? await sendingOf(db, { noticeId, now }) : null,
      /** What corrects an announcement, adds to it or ends it, what is on its way too. */
      following: await followingNotices(db, notice.id),
      /** What a correction may correct. */
      published: incident ? await publishedNoticesOf(db, incident.id) : [],
    };
  },
});

/** Text messages tell the gravest incidents alone (decision 084). */
async function textsOf(
  db: Db | Tx,
  { subject, apps, now }: { subject: NoticeWithIncident; apps: SQL; now: Date },
) {
  const { notice, incident } = subject;
  if (!notice.notifies || !incident || !GRAVE.includes(incident.severity)) return null;
  const people = recipientsOfApps(apps, readersOfNotice(notice, visibilityOf(subject)));
  return planTexts(db, { people, now });
}

async function sendingOf(db: Db | Tx, { noticeId, now }: { noticeId: string; now: Date }) {
  const [sending] = await sendingsOf(db, { of: eq(emergencySendings.noticeId, noticeId), now });
  return sending ?? null;
}

async function productName(db: Db | Tx, id: string) {
  const [product] = await db.select().from(products).where(eq(products.id, id));
  return { "zh-CN": product?.nameZh ?? "", en: product?.nameEn ?? "" };
}

/** Everything that still keeps it from its review: its parts, and somebody it concerns. */
function missingOf(
  subject: NoticeWithIncident,
  { measured, now }: { measured: Measured; now: Date },
) {
  const { notice, incident } = subject;
  return {
    ...missingForSubmission({ ...notice, incident, now }),
    ...audienceMissing({ ...notice, visibility: visibilityOf(subject) }, measured),
  };
}

/** A notice that is not out yet goes out as widely as its incident. */
export function visibilityOf({ notice, incident }: NoticeWithIncident): Visibility {
  return (isOnItsWay(notice) && incident?.visibility) || notice.visibility;
}

/** Of what is approved and waits for its moment, the apps that have come or gone meanwhile: they stay as approved. */
async function changesSince(db: Db | Tx, notice: Notice, apps: SQL) {
  const { id, status } = notice;
  if (status !== "in_review" && status !== "scheduled") return null;
  const now = status === "scheduled" ? await appsFound(db, notice) : apps;
  const changes = await appChanges(db, id, now);
  return haveChanged(changes) ? changes : null;
}

const followingNotices = (db: Db | Tx, id: string) =>
  db
    .select({
      id: notices.id,
      kind: sql<FollowKind>`${notices.followKind}`,
      status: notices.status,
      at: notices.publishedAt,
    })
    .from(notices)
    .where(and(eq(notices.followsId, id), ne(notices.status, "discarded")))
    .orderBy(asc(notices.sequence));

/** The published notice that this one began with, for a reviewer to compare. */
async function noticeBeneath(db: Db | Tx, { notice, corrected, followed }: NoticeWithIncident) {
  const before =
    corrected ?? followed ?? (notice.incidentId ? await noticeBefore(db, notice) : null);
  return before && { sequence: before.sequence, judged: contentForReview(before, null) };
}

async function noticeBefore(db: Db | Tx, { incidentId, sequence }: Notice) {
  const [before] = await db
    .select()
    .from(notices)
    .where(
      and(
        eq(notices.incidentId, incidentId ?? ""),
        eq(notices.status, "published"),
        lt(notices.sequence, sequence),
      ),
    )
    .orderBy(desc(notices.sequence))
    .limit(1);
  return before ?? null;
}

async function publishedNoticesOf(db: Db | Tx, incidentId: string) {
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
