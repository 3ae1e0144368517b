import { and, asc, desc, eq, inArray, isNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import {
  policyCorrections,
  policyDocuments,
  policyTexts,
  type PolicyVersion,
  policyVersions,
  users,
} from "@/db/schema";
import type { Locale } from "@/db/vocabulary/languages";
import type { DiffEntry } from "@/text/diff";
import { compareTexts } from "@/text/offload";

import { uuid } from "../input";
import { query } from "../query";
import type { Written } from "./content";
import { findWithDocument, textsOf, versionTitles, writtenOf } from "./find";

const proposers = alias(users, "proposers");

const approvedOf = (versionId: string) =>
  and(eq(policyCorrections.versionId, versionId), eq(policyCorrections.decision, "approved"));

/** The fingerprint of a version as it reads today: that of its last correction, or the announced one. */
export async function hashOfToday(
  db: Db | Tx,
  { id, contentHash }: Pick<PolicyVersion, "id" | "contentHash">,
): Promise<string | null> {
  const [last] = await db
    .select({ contentHash: policyCorrections.contentHash })
    .from(policyCorrections)
    .where(approvedOf(id))
    .orderBy(desc(policyCorrections.decidedAt))
    .limit(1);
  return last?.contentHash ?? contentHash;
}

/** One correction as everybody reads it: when, why, who agreed, and what it changed. */
export type Correction = {
  id: string;
  locale: Locale;
  at: Date;
  reason: string;
  approvedBy: string;
  hashBefore: string;
  contentHash: string;
  changes: DiffEntry[];
};

/** The corrections of a version, the first one first; none of most. */
export async function correctionsOf(db: Db | Tx, versionId: string): Promise<Correction[]> {
  const rows = await db
    .select()
    .from(policyCorrections)
    .where(approvedOf(versionId))
    .orderBy(asc(policyCorrections.decidedAt));
  if (rows.length === 0) return [];
  const texts = await announcedTexts(db, versionId);
  const all: Correction[] = [];
  for (const { locale, body, decidedAt, proposedAt, decidedName, ...row } of rows) {
    const { id, reason, hashBefore, contentHash } = row;
    const { entries } = await compareTexts(texts[locale] ?? "", body);
    texts[locale] = body;
    all.push({
      ...{ id, locale, reason, hashBefore, contentHash },
      at: decidedAt ?? proposedAt,
      approvedBy: decidedName ?? "",
      changes: entries.filter(({ kind }) => kind !== "unchanged"),
    });
  }
  return all;
}

async function announcedTexts(db: Db | Tx, versionId: string) {
  const rows = await db
    .select({ locale: policyTexts.locale, body: policyTexts.body })
    .from(policyTexts)
    .where(eq(policyTexts.versionId, versionId));
  return Object.fromEntries(rows.map(({ locale, body }) => [locale, body])) as Written["texts"];
}

/**
 * What is written of a version as it read under a fingerprint: as announced, or after one of its
 * corrections; null where it never had that one. An answer names the fingerprint of what was read.
 */
export async function writtenUnder(
  db: Db | Tx,
  version: Pick<PolicyVersion, "id" | "contentHash">,
  hash: string,
): Promise<Written | null> {
  const rows = await db
    .select()
    .from(policyCorrections)
    .where(approvedOf(version.id))
    .orderBy(asc(policyCorrections.decidedAt));
  const upTo = rows.findIndex(({ contentHash }) => contentHash === hash);
  if (upTo < 0 && hash !== version.contentHash) return null;
  const { manifests } = await writtenOf(db, version.id);
  const texts = await announcedTexts(db, version.id);
  for (const { locale, body } of rows.slice(0, upTo + 1)) texts[locale] = body;
  return { texts, manifests };
}

export type CorrectionDesk = Awaited<ReturnType<typeof readCorrections>>;

/** For the desk: a version's texts as they read, the correction that waits, and what became of the others. */
export const readCorrections = query({
  may: "policy.readDrafts",
  input: z.object({ versionId: uuid }),

  async run({ db }, { versionId }) {
    const { version, document } = await findWithDocument(db, versionId);
    const rows = await db
      .select({ correction: policyCorrections, proposer: proposers.name })
      .from(policyCorrections)
      .innerJoin(proposers, eq(proposers.id, policyCorrections.proposedBy))
      .where(eq(policyCorrections.versionId, versionId))
      .orderBy(desc(policyCorrections.proposedAt));
    return {
      version,
      document: { ...document, titles: versionTitles(version, document) },
      texts: await textsOf(db, versionId),
      waiting: rows.find(({ correction }) => correction.decision === null) ?? null,
      past: rows.filter(({ correction }) => correction.decision !== null),
    };
  },
});

/** What the queue of reviews shows of the corrections it names, in no order. */
export const listOpenCorrections = query({
  may: "policy.readDrafts",
  input: z.object({ ids: z.array(uuid) }),

  async run({ db }, { ids }) {
    const rows = await db
      .select({
        id: policyCorrections.id,
        proposedBy: policyCorrections.proposedBy,
        proposedAt: policyCorrections.proposedAt,
        proposerName: proposers.name,
        version: policyVersions,
        document: policyDocuments,
      })
      .from(policyCorrections)
      .innerJoin(policyVersions, eq(policyVersions.id, policyCorrections.versionId))
      .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
      .innerJoin(proposers, eq(proposers.id, policyCorrections.proposedBy))
      .where(and(inArray(policyCorrections.id, ids), isNull(policyCorrections.decision)));
    return rows.map(({ version, document, ...row }) => ({
      ...row,
      versionId: version.id,
      documentId: document.id,
      label: version.label,
      titles: versionTitles(version, document),
    }));
  },
});
