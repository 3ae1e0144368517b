import { and, asc, eq, lt, ne } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import { type Incident, incidents, type Notice, notices } from "@/db/schema";

import { Conflict, NotFound } from "../errors";
import { assertEditable } from "../reviews/draft";
import { NOTICE } from "./review-kind";

/** An incident, locked until the transaction ends. @throws NotFound */
export async function lockIncident(tx: Tx, id: string): Promise<Incident> {
  const [incident] = await tx.select().from(incidents).where(eq(incidents.id, id)).for("update");
  if (!incident) throw new NotFound("errors.notFound");
  return incident;
}

export type NoticeWithIncident = {
  notice: Notice;
  /** Null for an announcement. */
  incident: Incident | null;
  corrected: Notice | null;
  /** The announcement that this one follows. */
  followed: Notice | null;
  /** What was published of the incident before it, the first first; not what only some may know of. */
  before: Pick<Notice, "sequence" | "type" | "publishedAt">[];
};

/** A notice with its incident or what it follows, all locked, that first, as everywhere. @throws NotFound */
export async function lockNotice(tx: Tx, id: string): Promise<NoticeWithIncident> {
  const { incidentId, followsId } = await noticeRow(tx, id);
  const incident = incidentId ? await lockIncident(tx, incidentId) : null;
  const followed = followsId ? await lockRow(tx, followsId) : null;
  const notice = await lockRow(tx, id);
  const [corrected, before] = [await correctedBy(tx, notice), await publishedBefore(tx, notice)];
  return { notice, incident, corrected, followed, before };
}

async function lockRow(tx: Tx, id: string): Promise<Notice> {
  const [notice] = await tx.select().from(notices).where(eq(notices.id, id)).for("update");
  if (!notice) throw new NotFound("errors.notFound");
  return notice;
}

/** A notice that may still be edited. @throws NotFound, Conflict */
export async function lockEditable(
  tx: Tx,
  { noticeId, revision }: { noticeId: string; revision: number },
): Promise<NoticeWithIncident> {
  const found = await lockNotice(tx, noticeId);
  if (found.notice.status === "scheduled") throw new Conflict("notices.errors.scheduled");
  assertEditable(NOTICE, found.notice, revision);
  return found;
}

/** A notice with its incident. @throws NotFound */
export async function findWithIncident(db: Db | Tx, id: string): Promise<NoticeWithIncident> {
  const notice = await noticeRow(db, id);
  const [incident] = notice.incidentId
    ? await db.select().from(incidents).where(eq(incidents.id, notice.incidentId))
    : [];
  const [corrected, before] = [await correctedBy(db, notice), await publishedBefore(db, notice)];
  const followed = notice.followsId ? await noticeRow(db, notice.followsId) : null;
  return { notice, incident: incident ?? null, corrected, followed, before };
}

async function publishedBefore(db: Db | Tx, { incidentId, sequence }: Notice) {
  if (!incidentId || sequence === 1) return [];
  return db
    .select({
      sequence: notices.sequence,
      type: notices.type,
      publishedAt: notices.publishedAt,
    })
    .from(notices)
    .where(
      and(
        eq(notices.incidentId, incidentId),
        eq(notices.status, "published"),
        lt(notices.sequence, sequence),
        ne(notices.visibility, "restricted"),
      ),
    )
    .orderBy(asc(notices.sequence));
}

async function noticeRow(db: Db | Tx, id: string): Promise<Notice> {
  const [notice] = await db.select().from(notices).where(eq(notices.id, id));
  if (!notice) throw new NotFound("errors.notFound");
  return notice;
}

async function correctedBy(db: Db | Tx, { type, correctsId }: Notice): Promise<Notice | null> {
  return type === "correction" && correctsId ? noticeRow(db, correctsId) : null;
}
