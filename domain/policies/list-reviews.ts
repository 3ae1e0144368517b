import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";

import { policyDocuments, policyVersions, users } from "@/db/schema";

import { uuid } from "../input";
import { query } from "../query";
import { titlesOf } from "./find";

/** What the queue of reviews shows of the versions it names, in no order. */
export const listReviews = query({
  may: "policy.readDrafts",
  input: z.object({ ids: z.array(uuid) }),

  async run({ db }, { ids }) {
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
      .where(and(inArray(policyVersions.id, ids), eq(policyVersions.status, "in_review")));
    return rows.map(({ document, ...row }) => ({ ...row, titles: titlesOf(document) }));
  },
});
