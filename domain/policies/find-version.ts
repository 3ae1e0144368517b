import { and, asc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { auditEntries, policyReviews, policyTexts, users } from "@/db/schema";
import { shanghaiDay } from "@/lib/shanghai";

import { query } from "../query";
import { contentHash } from "./content";
import { findWithDocument, textsOf, titlesOf, versionBefore } from "./find";
import { isTold, missingForSubmission } from "./rules";
import { hasBeenPublished } from "./submit";

export type OpsVersion = Awaited<ReturnType<typeof findVersion>>;

/**
 * One version for the composer and the reviewer: its content and hash as they are now, the version
 * it follows with its texts, what is missing for submission, who wrote it, how it was reviewed.
 */
export const findVersion = query({
  may: "policy.readDrafts",
  input: z.object({ versionId: z.uuid() }),

  async run({ db, now }, { versionId }) {
    const { version, document } = await findWithDocument(db, versionId);

    const texts = await textsOf(db, versionId);
    const isFirst = !(await hasBeenPublished(db, document.id));
    const previous = await versionBefore(db, version);
    const reviews = await db
      .select({
        id: policyReviews.id,
        decision: policyReviews.decision,
        reason: policyReviews.reason,
        decidedAt: policyReviews.decidedAt,
        contentHash: policyReviews.contentHash,
        reviewerName: users.name,
      })
      .from(policyReviews)
      .innerJoin(users, eq(users.id, policyReviews.reviewerId))
      .where(eq(policyReviews.versionId, versionId))
      .orderBy(asc(policyReviews.decidedAt));
    const sources = await db
      .select({
        locale: policyTexts.locale,
        name: policyTexts.sourceName,
        updatedAt: policyTexts.updatedAt,
      })
      .from(policyTexts)
      .where(and(eq(policyTexts.versionId, versionId), isNotNull(policyTexts.sourceName)));
    const writers = await db
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(inArray(users.id, version.writerIds));

    const acts = await db
      .select({
        action: auditEntries.action,
        at: auditEntries.at,
        name: users.name,
      })
      .from(auditEntries)
      .leftJoin(users, eq(sql`${users.id}::text`, auditEntries.actorId))
      .where(
        and(
          eq(auditEntries.subjectType, "version"),
          eq(auditEntries.subjectId, versionId),
          inArray(auditEntries.action, ["version.submitted", "version.returned"]),
        ),
      )
      .orderBy(asc(auditEntries.seq));

    return {
      version,
      document: { ...document, titles: titlesOf(document) },
      texts,
      /** The files that texts came from and nobody has typed over. */
      sources,
      hashNow: contentHash({ ...version, texts }),
      previous: previous
        ? { id: previous.id, label: previous.label, texts: await textsOf(db, previous.id) }
        : null,
      reviews,
      discarderName: await nameOf(db, version.discardedBy),
      /** Every submission, and every edit that took one back: the version itself knows the last alone. */
      acts: acts.map(({ action, ...act }) => ({
        ...act,
        isReturn: action === "version.returned",
      })),
      writers,
      isFirst,
      isTold: isTold({ ...version, isFirst, today: shanghaiDay(now) }),
      missing: missingForSubmission({
        ...version,
        texts,
        bindingLocale: document.bindingLocale,
        isFirst,
        today: shanghaiDay(now),
      }),
    };
  },
});

async function nameOf(db: Db | Tx, userId: string | null): Promise<string | null> {
  if (!userId) return null;
  const [user] = await db.select({ name: users.name }).from(users).where(eq(users.id, userId));
  return user?.name ?? null;
}
