import { and, arrayContains, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";

import { policyDocuments, policyVersions, users } from "@/db/schema";

import { person } from "../access/permissions";
import { pageInput } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";
import { withReturns } from "../reviews/read";
import { versionTitles } from "./find";

export type VersionAhead = Awaited<ReturnType<typeof listAhead>>["rows"][number];

const PAGE = 30;
const NEAREST = [
  up("day", sql`coalesce(${policyVersions.effectiveDate}, '9999-12-31')`),
  up("moment", policyVersions.updatedAt),
  up("uuid", policyVersions.id),
];

/**
 * The versions on their way to the readers, the nearest day first, 30 a page: drafts, what waits for
 * approval, what will take effect; or the drafts alone that the reader has a part in.
 */
export const listAhead = query({
  may: "policy.readDrafts",
  input: z.object({ ownDrafts: z.boolean().default(false), ...pageInput }),

  async run({ db, actor }, { ownDrafts, page }) {
    const wanted = ownDrafts
      ? and(
          eq(policyVersions.status, "draft"),
          arrayContains(policyVersions.writerIds, [person(actor).id]),
        )
      : inArray(policyVersions.status, ["draft", "in_review", "scheduled"]);
    const { rows, ...turns } = await readPage({ keys: NEAREST, size: PAGE, page }, (slice) =>
      db
        .select({
          cursor: slice.cursor,
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
        .where(and(wanted, slice.beyond))
        .orderBy(slice.order)
        .limit(slice.limit),
    );
    const shown = rows.map(({ document, version, ...row }) => ({
      ...row,
      titles: versionTitles(version, document),
    }));
    return { rows: await withReturns(db, shown), ...turns };
  },
});
