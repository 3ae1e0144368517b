import { desc, eq, inArray } from "drizzle-orm";
import { z } from "zod";

import { policyDocuments, policyVersions } from "@/db/schema";
import { PUBLIC_VERSION_STATUSES } from "@/db/vocabulary/policies";

import { query } from "../query";
import { versionTitles } from "./find";

/** More than a vendor publishes in decades; calendars and lists of addresses hold no more. */
const MOST = 1000;

export type VersionDate = Awaited<ReturnType<typeof listVersionDates>>[number];

/** Every version that anybody may read with the day it takes effect, the latest day first, 1,000 at most. */
export const listVersionDates = query({
  may: "policy.read",
  input: z.object({}),

  async run({ db }) {
    const rows = await db
      .select({
        document: policyDocuments,
        version: { titleZh: policyVersions.titleZh, titleEn: policyVersions.titleEn },
        id: policyVersions.id,
        label: policyVersions.label,
        status: policyVersions.status,
        isMajor: policyVersions.isMajor,
        effectiveAt: policyVersions.effectiveAt,
        approvedAt: policyVersions.approvedAt,
        withdrawnAt: policyVersions.withdrawnAt,
      })
      .from(policyVersions)
      .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
      .where(inArray(policyVersions.status, PUBLIC_VERSION_STATUSES))
      .orderBy(desc(policyVersions.effectiveAt), desc(policyVersions.id))
      .limit(MOST);
    return rows.map(({ document, version, ...row }) => ({
      ...row,
      slug: document.slug,
      titles: versionTitles(version, document),
      isWithdrawn: row.status === "withdrawn",
    }));
  },
});
