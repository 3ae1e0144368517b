import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import { auditEntries, reviews, users } from "@/db/schema";

import type { Kind } from "./kind";
import { standingReturn } from "./rules";

type Subject = { id: string; writerIds: string[]; discardedBy: string | null };

/** Who wrote a thing, every submission of it and every review, the oldest first. */
export async function readHistory<Later extends string, Own, Judged>(
  db: Db | Tx,
  { type }: Kind<Later, Own, Judged>,
  { id, writerIds, discardedBy }: Subject,
) {
  const rows = await db
    .select({
      id: reviews.id,
      decision: reviews.decision,
      reason: reviews.reason,
      judged: reviews.judged,
      contentHash: reviews.contentHash,
      decidedAt: reviews.decidedAt,
      reviewerName: users.name,
    })
    .from(reviews)
    .innerJoin(users, eq(users.id, reviews.reviewerId))
    .where(eq(reviews.subjectId, id))
    .orderBy(asc(reviews.decidedAt));
  const acts = await db
    .select({ action: auditEntries.action, at: auditEntries.at, name: users.name })
    .from(auditEntries)
    .leftJoin(users, eq(sql`${users.id}::text`, auditEntries.actorId))
    .where(
      and(
        eq(auditEntries.subjectType, type),
        eq(auditEntries.subjectId, id),
        inArray(auditEntries.action, [`${type}.submitted`, `${type}.returned`]),
      ),
    )
    .orderBy(asc(auditEntries.seq));
  const people = await db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(inArray(users.id, discardedBy ? [...writerIds, discardedBy] : writerIds))
    .orderBy(asc(users.name));
  return {
    reviews: rows.map((row) => ({ ...row, judged: asJudged<Judged>(row.judged) })),
    /** Every submission, and every edit that took one back: the thing itself knows the last alone. */
    acts: acts.map(({ action, ...act }) => ({ ...act, isReturn: action === `${type}.returned` })),
    writers: people.filter((one) => writerIds.includes(one.id)),
    discarderName: people.find((one) => one.id === discardedBy)?.name ?? null,
  };
}

/** What a review of this kind kept: `decide` wrote it with the kind's own type. Null before it was kept. */
const asJudged = <Judged>(judged: unknown) => judged as Judged | null;

type Row = { id: string; status: string; updatedAt: Date };

/** Adds the reviewer's words to the drafts that have come back and that nobody has changed since. */
export async function withReturns<Of extends Row>(db: Db | Tx, rows: readonly Of[]) {
  const drafts = rows.filter(({ status }) => status === "draft").map(({ id }) => id);
  const last = await db
    .selectDistinctOn([reviews.subjectId], {
      subjectId: reviews.subjectId,
      decision: reviews.decision,
      decidedAt: reviews.decidedAt,
      reason: reviews.reason,
    })
    .from(reviews)
    .where(inArray(reviews.subjectId, drafts))
    .orderBy(reviews.subjectId, desc(reviews.decidedAt));
  return rows.map((row) => ({
    ...row,
    rejection:
      standingReturn(
        last.filter(({ subjectId }) => subjectId === row.id),
        row,
      )?.reason ?? null,
  }));
}
