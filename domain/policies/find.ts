import { and, desc, eq, inArray, lt, ne, sql } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import { policyDocuments, policyTexts, policyVersions } from "@/db/schema";
import type { Locale } from "@/db/vocabulary/languages";
import { PUBLIC_VERSION_STATUSES } from "@/db/vocabulary/policies";

import { NotFound } from "../errors";
import type { Written } from "./content";

/**
 * A version with its document, locked until the transaction ends: for a change of its own, or shared by
 * all who only need it to stay as it is. @throws NotFound
 */
export async function lockVersion(tx: Tx, id: string, strength: "update" | "share" = "update") {
  const [found] = await tx
    .select({ version: policyVersions, document: policyDocuments })
    .from(policyVersions)
    .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
    .where(eq(policyVersions.id, id))
    .for(strength, { of: policyVersions });
  if (!found) throw new NotFound("errors.notFound");
  return found;
}

/** A version with its document. @throws NotFound */
export async function findWithDocument(db: Db | Tx, id: string) {
  const [found] = await db
    .select({ version: policyVersions, document: policyDocuments })
    .from(policyVersions)
    .innerJoin(policyDocuments, eq(policyDocuments.id, policyVersions.documentId))
    .where(eq(policyVersions.id, id));
  if (!found) throw new NotFound("errors.notFound");
  return found;
}

/** The same of a version that the public may read. @throws NotFound, with no hint that a draft exists */
export async function findPublicWithDocument(db: Db | Tx, id: string) {
  const found = await findWithDocument(db, id);
  const isPublic = PUBLIC_VERSION_STATUSES.some((status) => status === found.version.status);
  if (!isPublic) throw new NotFound("errors.notFound");
  return found;
}

/**
 * Of `policy_texts`: a text as it reads today, after its last correction, if it has one
 * (docs/decisions/059). Its columns are named in full, because drizzle leaves out the table where
 * there is one alone, and the inner query has columns of the same names.
 */
export const bodyNow = sql<string>`coalesce((
  select c.body from policy_corrections c
  where c.version_id = policy_texts.version_id and c.locale = policy_texts.locale
    and c.decision = 'approved'
  order by c.decided_at desc limit 1), policy_texts.body)`;

/** The texts of a version by language, as Markdown. */
export async function textsOf(db: Db | Tx, versionId: string) {
  const rows = await db
    .select({ locale: policyTexts.locale, body: bodyNow })
    .from(policyTexts)
    .where(eq(policyTexts.versionId, versionId));
  const texts: Partial<Record<Locale, string>> = {};
  for (const { locale, body } of rows) texts[locale] = body;
  return texts;
}

/** The same with the lists kept beside them: all that is written of a version. */
export async function writtenOf(db: Db | Tx, versionId: string): Promise<Written> {
  const rows = await db
    .select({
      locale: policyTexts.locale,
      body: bodyNow,
      manifest: policyTexts.manifest,
    })
    .from(policyTexts)
    .where(eq(policyTexts.versionId, versionId));
  const written: Written = { texts: {}, manifests: {} };
  for (const { locale, body, manifest } of rows) {
    written.texts[locale] = body;
    if (manifest) written.manifests[locale] = manifest;
  }
  return written;
}

/** What the authors of a version's texts have to look at, and whether they said that they did. */
export async function warningsOf(db: Db | Tx, versionId: string) {
  const rows = await db
    .select({
      locale: policyTexts.locale,
      warnings: policyTexts.warnings,
      confirmedAt: policyTexts.confirmedAt,
    })
    .from(policyTexts)
    .where(eq(policyTexts.versionId, versionId));
  const found: Partial<Record<Locale, (typeof rows)[number]>> = {};
  for (const row of rows) found[row.locale] = row;
  return found;
}

/** The document's version in force, or undefined before the first. */
export async function versionInForce(db: Db | Tx, documentId: string) {
  const [version] = await db
    .select()
    .from(policyVersions)
    .where(and(eq(policyVersions.documentId, documentId), eq(policyVersions.status, "in_force")));
  return version;
}

/** Without an id it is one that will be. */
type Following = { id?: string; documentId: string; effectiveAt: Date | null };

/** The version that one follows, or will: in force or archived, withdrawn ones skipped. */
export async function versionBefore(db: Db | Tx, { id, documentId, effectiveAt }: Following) {
  const [version] = await db
    .select()
    .from(policyVersions)
    .where(
      and(
        eq(policyVersions.documentId, documentId),
        id ? ne(policyVersions.id, id) : undefined,
        inArray(policyVersions.status, ["in_force", "archived"]),
        effectiveAt ? lt(policyVersions.effectiveAt, effectiveAt) : undefined,
      ),
    )
    .orderBy(desc(policyVersions.effectiveAt))
    .limit(1);
  return version;
}

export const titlesOf = ({ titleZh, titleEn }: { titleZh: string; titleEn: string }) => ({
  "zh-CN": titleZh,
  en: titleEn,
});

type Titled<Title> = { titleZh: Title; titleEn: Title };

/** What a version is called: as it was published, whatever the document is called now. */
export const versionTitles = (version: Titled<string | null>, document: Titled<string>) =>
  titlesOf({
    titleZh: version.titleZh ?? document.titleZh,
    titleEn: version.titleEn ?? document.titleEn,
  });
