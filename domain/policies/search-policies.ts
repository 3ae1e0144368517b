import { and, eq, ilike, inArray, isNull, or, sql } from "drizzle-orm";
import { z } from "zod";

import { policyDocuments, policyTexts, policyVersions } from "@/db/schema";
import { LOCALES } from "@/db/vocabulary/languages";
import { PUBLIC_VERSION_STATUSES } from "@/db/vocabulary/policies";
import { type FoundClause, findInText } from "@/text/find-in-text";
import { readText } from "@/text/offload";

import { pageInput } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";
import { bodyNow, versionTitles } from "./find";

/** Letters or characters below which almost every text would be found. */
const LEAST = 2;
/** Of Markdown, between the letters of a word; what is looked for goes without them too. */
const MARKS = /[*_~`\\]/g;
const KEYS = [down("moment", policyVersions.effectiveAt), down("uuid", policyVersions.id)];

/**
 * The published versions whose text or title holds some words, whatever their case, the latest first, 10 a
 * page, each with the clauses that hold them. In the wanted language or, where a version has no
 * translation, in the binding one. Chinese needs no words apart: any characters in a row are found, whatever
 * emphasis parts them.
 */
export const searchPolicies = query({
  may: "policy.read",
  input: z.object({
    q: z
      .string()
      .catch("")
      .transform((words) => words.toWellFormed().replaceAll("\u0000", "").trim().slice(0, 80)),
    locale: z.enum(LOCALES),
    ...pageInput,
  }),

  async run({ db }, { q, locale, page }) {
    if (q.length < LEAST) return { q, rows: [], previous: null, next: null };
    const pattern = `%${q.replaceAll(MARKS, "").replaceAll("%", "\\%")}%`;
    const bare = sql`translate(${bodyNow}, ${"*_~`\\"}, '')`;
    const hasOwn = sql`exists (select 1 from policy_texts own where own.version_id = ${policyVersions.id} and own.locale = ${locale})`;
    const inLanguage = or(
      eq(policyTexts.locale, locale),
      and(eq(policyTexts.locale, policyDocuments.bindingLocale), sql`not ${hasOwn}`),
    );
    const { rows, ...turns } = await readPage({ keys: KEYS, size: 10, page }, (slice) =>
      db
        .select({
          cursor: slice.cursor,
          version: policyVersions,
          document: policyDocuments,
          locale: policyTexts.locale,
          body: bodyNow,
        })
        .from(policyVersions)
        .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
        .innerJoin(policyTexts, eq(policyTexts.versionId, policyVersions.id))
        .where(
          and(
            inArray(policyVersions.status, PUBLIC_VERSION_STATUSES),
            isNull(policyDocuments.discardedAt),
            inLanguage,
            or(
              ilike(bare, pattern),
              ilike(policyVersions.titleZh, pattern),
              ilike(policyVersions.titleEn, pattern),
            ),
            slice.beyond,
          ),
        )
        .orderBy(slice.order)
        .limit(slice.limit),
    );
    const found = [];
    for (const { version, document, locale: language, body } of rows) {
      const clauses: FoundClause[] = findInText(await readText(body), q);
      found.push({
        id: version.id,
        slug: document.slug,
        label: version.label,
        status: version.status,
        titles: versionTitles(version, document),
        locale: language,
        count: clauses.length,
        clauses: clauses.slice(0, SHOWN),
      });
    }
    return { q, rows: found, ...turns };
  },
});

/** Clauses of one version that are shown. */
const SHOWN = 5;
