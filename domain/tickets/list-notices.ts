import { and, desc, eq, exists, inArray, ne } from "drizzle-orm";
import { z } from "zod";

import { broadcasts, incidents, notices, policyDocuments, policyVersions } from "@/db/schema";
import { PUBLIC_VERSION_STATUSES } from "@/db/vocabulary/policies";

import { readFacts } from "../broadcasts/facts";
import { query } from "../query";

const MOST = 30;

/** What a link may lead to: public policy versions, incidents that have been told of, announcements; the newest of each. */
export const listNamedNotices = query({
  may: "ticket.view",
  input: z.object({}),

  async run({ db }) {
    const versions = await db
      .select({ document: policyDocuments, label: policyVersions.label })
      .from(policyVersions)
      .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
      .where(inArray(policyVersions.status, PUBLIC_VERSION_STATUSES))
      .orderBy(desc(policyVersions.effectiveAt))
      .limit(MOST);
    const told = db
      .select({ id: notices.id })
      .from(notices)
      .where(and(eq(notices.incidentId, incidents.id), eq(notices.status, "published")));
    const happened = await db
      .select({ number: incidents.number, titles: incidents.title })
      .from(incidents)
      .where(and(ne(incidents.visibility, "restricted"), exists(told)))
      .orderBy(desc(incidents.createdAt))
      .limit(MOST);
    const announced = await db
      .select({ id: broadcasts.id, kind: broadcasts.kind, facts: broadcasts.facts })
      .from(broadcasts)
      .where(and(eq(broadcasts.kind, "announcement"), eq(broadcasts.isPublic, true)))
      .orderBy(desc(broadcasts.startedAt))
      .limit(MOST);
    return {
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
