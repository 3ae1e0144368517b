import { asc, eq } from "drizzle-orm";
import { z } from "zod";

import { policyDocuments, policyVersions, users } from "@/db/schema";

import { query } from "../query";
import { titlesOf } from "./find";

/** The versions that wait for a second person, oldest submission first. */
export const listReviews = query({
  may: "policy.readDrafts",
  input: z.object({}),

  async run({ db }) {
    const rows = await db
      .select({
        id: policyVersions.id,
        documentId: policyVersions.documentId,
        label: policyVersions.label,
        isMajor: policyVersions.isMajor,
        effectiveDate: policyVersions.effectiveDate,
        submittedAt: policyVersions.submittedAt,
        writerIds: policyVersions.writerIds,
        authorName: users.name,
        document: policyDocuments,
      })
      .from(policyVersions)
      .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
      .innerJoin(users, eq(users.id, policyVersions.authorId))
      .where(eq(policyVersions.status, "in_review"))
      .orderBy(asc(policyVersions.submittedAt));
    return rows.map(({ document, ...row }) => ({ ...row, titles: titlesOf(document) }));
  },
});
