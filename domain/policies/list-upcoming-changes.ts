import { and, asc, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";

import { policyDocuments, policyVersions } from "@/db/schema";

import { query } from "../query";
import { versionTitles } from "./find";

export type UpcomingChange = Awaited<ReturnType<typeof listUpcomingChanges>>[number];

/**
 * The major changes that have been announced and are not yet in force, the soonest first (P39).
 * `previousLabel` is the version that binds until then, null before the first.
 */
export const listUpcomingChanges = query({
  may: "policy.read",
  input: z.object({}),

  async run({ db }) {
    const current = alias(policyVersions, "current");
    const rows = await db
      .select({
        document: policyDocuments,
        version: { titleZh: policyVersions.titleZh, titleEn: policyVersions.titleEn },
        label: policyVersions.label,
        changes: policyVersions.changes,
        effectiveAt: policyVersions.effectiveAt,
        previousLabel: current.label,
      })
      .from(policyVersions)
      .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
      .leftJoin(
        current,
        and(eq(current.documentId, policyVersions.documentId), eq(current.status, "in_force")),
      )
      .where(and(eq(policyVersions.status, "scheduled"), eq(policyVersions.isMajor, true)))
      .orderBy(asc(policyVersions.effectiveAt));
    return rows.map(({ document, version, ...row }) => ({
      ...row,
      slug: document.slug,
      titles: versionTitles(version, document),
    }));
  },
});
