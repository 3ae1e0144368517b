import { asc, eq, inArray } from "drizzle-orm";
import { z } from "zod";

import { policyDocuments, policyVersions, users } from "@/db/schema";

import { query } from "../query";
import { withReturns } from "../reviews/read";
import { versionTitles } from "./find";

export type VersionAhead = Awaited<ReturnType<typeof listAhead>>[number];

/** The versions on their way to the readers: drafts, what waits for approval, what will take effect. */
export const listAhead = query({
  may: "policy.readDrafts",
  input: z.object({}),

  async run({ db }) {
    const rows = await db
      .select({
        id: policyVersions.id,
        documentId: policyVersions.documentId,
        version: { titleZh: policyVersions.titleZh, titleEn: policyVersions.titleEn },
        label: policyVersions.label,
        status: policyVersions.status,
        isMajor: policyVersions.isMajor,
        effectiveDate: policyVersions.effectiveDate,
        effectiveAt: policyVersions.effectiveAt,
        submittedAt: policyVersions.submittedAt,
        updatedAt: policyVersions.updatedAt,
        writerIds: policyVersions.writerIds,
        authorName: users.name,
        document: policyDocuments,
      })
      .from(policyVersions)
      .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
      .innerJoin(users, eq(users.id, policyVersions.authorId))
      .where(inArray(policyVersions.status, ["draft", "in_review", "scheduled"]))
      .orderBy(asc(policyVersions.effectiveDate), asc(policyVersions.updatedAt));
    const shown = rows.map(({ document, version, ...row }) => ({
      ...row,
      titles: versionTitles(version, document),
    }));
    return withReturns(db, shown);
  },
});
