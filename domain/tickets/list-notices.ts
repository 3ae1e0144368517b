import { and, desc, eq, exists, ilike, inArray, ne, or, sql, type SQLWrapper } from "drizzle-orm";
import { z } from "zod";

import { broadcasts, incidents, notices, policyDocuments, policyVersions } from "@/db/schema";
import { LOCALES } from "@/db/vocabulary/languages";
import { PUBLIC_VERSION_STATUSES } from "@/db/vocabulary/policies";

import { readFacts } from "../broadcasts/facts";
import { searchText } from "../input";
import { query } from "../query";

const MOST = 30;

/**
 * What a link may lead to: public policy versions, incidents that have been told of, announcements;
 * the newest 30 of each, or of those that have the words searched for in their name or number.
 */
export const listNamedNotices = query({
  may: "ticket.view",
  input: z.object({ search: searchText }),

  async run({ db }, { search }) {
    const pattern = search && `%${search.normalize("NFKC").replaceAll(/[\\%_]/g, "\\$&")}%`;
    const named = (...names: SQLWrapper[]) =>
      pattern ? or(...names.map((name) => ilike(sql`${name}`, pattern))) : undefined;
    const versions = await db
      .select({ document: policyDocuments, label: policyVersions.label })
      .from(policyVersions)
      .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
      .where(
        and(
          inArray(policyVersions.status, PUBLIC_VERSION_STATUSES),
          named(policyDocuments.titleZh, policyDocuments.titleEn, policyVersions.label),
        ),
      )
      .orderBy(desc(policyVersions.effectiveAt))
      .limit(MOST);
    const told = db
      .select({ id: notices.id })
      .from(notices)
      .where(and(eq(notices.incidentId, incidents.id), eq(notices.status, "published")));
    const happened = await db
      .select({ number: incidents.number, titles: incidents.title })
      .from(incidents)
      .where(
        and(
          ne(incidents.visibility, "restricted"),
          exists(told),
          named(incidents.number, ...inLanguages(incidents.title)),
        ),
      )
      .orderBy(desc(incidents.createdAt))
      .limit(MOST);
    const announced = await db
      .select({ id: broadcasts.id, kind: broadcasts.kind, facts: broadcasts.facts })
      .from(broadcasts)
      .where(
        and(
          eq(broadcasts.kind, "announcement"),
          eq(broadcasts.isPublic, true),
          named(...inLanguages(sql`${broadcasts.facts} -> 'title'`)),
        ),
      )
      .orderBy(desc(broadcasts.startedAt))
      .limit(MOST);
    return {
      /** Whether a kind has older ones, to be searched for. */
      isCut: [versions, happened, announced].some((all) => all.length === MOST),
      policies: versions.map(({ document, label }) => ({
        slug: document.slug,
        label,
        titles: { "zh-CN": document.titleZh, en: document.titleEn },
      })),
      incidents: happened,
      announcements: announced.flatMap(({ id, kind, facts }) => {
        const read = readFacts(kind, facts);
        return read.kind === "announcement" ? [{ id, titles: read.facts.title }] : [];
      }),
    };
  },
});

const inLanguages = (texts: SQLWrapper) => LOCALES.map((locale) => sql`(${texts} ->> ${locale})`);
