import { and, desc, eq, inArray, isNull, lte, ne } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import {
  type PolicyDocument,
  policyDocuments,
  type PolicyVersion,
  policyVersions,
} from "@/db/schema";

import { versionTitles } from "./find";

type Subject = { document: PolicyDocument; version: PolicyVersion; now: Date };

/**
 * Of each other document of the product the version that holds together with one (P43): with an archived
 * one those that held when it ended, with one ahead those that will hold from its day.
 */
export async function relatedVersions(db: Db | Tx, { document, version, now }: Subject) {
  const ended = version.archivedAt ?? version.withdrawnAt;
  const begins = version.effectiveAt ?? now;
  const moment = ended ?? (begins > now ? begins : now);
  const rows = await db
    .selectDistinctOn([policyVersions.documentId], {
      version: policyVersions,
      document: policyDocuments,
    })
    .from(policyVersions)
    .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
    .where(
      and(
        eq(policyDocuments.productId, document.productId),
        ne(policyDocuments.id, document.id),
        isNull(policyDocuments.discardedAt),
        inArray(policyVersions.status, ["scheduled", "in_force", "archived"]),
        lte(policyVersions.effectiveAt, moment),
      ),
    )
    .orderBy(policyVersions.documentId, desc(policyVersions.effectiveAt));
  return rows.map((row) => ({
    slug: row.document.slug,
    kind: row.document.kind,
    label: row.version.label,
    titles: versionTitles(row.version, row.document),
  }));
}
