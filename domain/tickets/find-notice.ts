import { and, eq, inArray, ne } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import { broadcasts, incidents, notices, policyDocuments, policyVersions } from "@/db/schema";
import type { Locale } from "@/db/vocabulary/languages";
import { PUBLIC_VERSION_STATUSES } from "@/db/vocabulary/policies";
import { type Address, at } from "@/lib/addresses";

import { readFacts } from "../broadcasts/facts";
import type { NamedNotice } from "./input";

/** A notice that a link leads to: what it is called, and its address. */
export type FoundNotice = {
  kind: "policy" | "incident" | "announcement";
  titles: Partial<Record<Locale, string>>;
  /** The version's label or the incident's number. */
  label: string | null;
  address: Address;
};

/**
 * Finds what a link names among what has been published. A link gives no right to read: whoever
 * opens an incident that is not public still has to be of an affected account. Restricted incidents
 * are not to be had by a link at all, for their number alone would tell of them.
 */
export function findNotice(db: Db | Tx, named: NamedNotice): Promise<FoundNotice | null> {
  if ("policy" in named) return findPolicy(db, named);
  if ("incident" in named) return findIncident(db, named.incident);
  return findAnnouncement(db, named.announcement);
}

async function findPolicy(
  db: Db | Tx,
  { policy, version }: { policy: string; version: string },
): Promise<FoundNotice | null> {
  const [found] = await db
    .select({
      document: policyDocuments,
      label: policyVersions.label,
      titleZh: policyVersions.titleZh,
      titleEn: policyVersions.titleEn,
    })
    .from(policyVersions)
    .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
    .where(
      and(
        eq(policyDocuments.slug, policy),
        eq(policyVersions.label, version),
        inArray(policyVersions.status, PUBLIC_VERSION_STATUSES),
      ),
    );
  if (!found) return null;
  const { document, label, titleZh, titleEn } = found;
  return {
    kind: "policy",
    titles: {
      "zh-CN": titleZh ?? document.titleZh,
      en: titleEn ?? document.titleEn,
    },
    label,
    address: at("/policies/*/*", document.slug, label),
  };
}

async function findIncident(db: Db | Tx, number: string): Promise<FoundNotice | null> {
  const [found] = await db
    .select({ title: incidents.title, visibility: incidents.visibility })
    .from(incidents)
    .innerJoin(notices, and(eq(notices.incidentId, incidents.id), eq(notices.status, "published")))
    .where(and(eq(incidents.number, number), ne(incidents.visibility, "restricted")))
    .limit(1);
  if (!found) return null;
  // Whoever holds the link sees its title before they sign in, so only a public one has it here.
  const titles = found.visibility === "public" ? found.title : {};
  return { kind: "incident", titles, label: number, address: at("/incidents/*", number) };
}

async function findAnnouncement(db: Db | Tx, id: string): Promise<FoundNotice | null> {
  const [found] = await db
    .select()
    .from(broadcasts)
    .where(and(eq(broadcasts.id, id), eq(broadcasts.isPublic, true)));
  if (!found) return null;
  const told = readFacts(found.kind, found.facts);
  const titles =
    told.kind === "announcement"
      ? told.facts.title
      : told.kind === "policy_change"
        ? told.facts.documentTitle
        : {};
  return { kind: "announcement", titles, label: null, address: at("/announcements/*", id) };
}
