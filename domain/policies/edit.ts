import { and, eq, ne, notInArray } from "drizzle-orm";
import type { z } from "zod";

import type { Tx } from "@/db/client";
import { type PolicyVersion, policyTexts, policyVersions } from "@/db/schema";
import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { majorReasons } from "@/db/vocabulary/policies";
import type { ImportWarning } from "@/text/import-warnings";
import type { ManifestRows } from "@/text/manifest";
import { takeText } from "@/text/offload";

import { Conflict, Invalid } from "../errors";
import { assertEditable, saveDraft } from "../reviews/draft";
import { takenState } from "../reviews/read-states";
import { type RecordedStep, verb } from "../verb";
import { withCardAnswer } from "./contact-card";
import { contentHash, type Written } from "./content";
import { lockVersion, warningsOf, writtenOf } from "./find";
import { draftInput } from "./input";
import { manifestsAfter, rowsIn } from "./manifest";
import { VERSION } from "./review-kind";

/**
 * Saves the composer. An edit of a version in review takes it back to draft, so no approval can
 * fall on something its reviewer did not see. Whoever edits becomes one of its writers and
 * may not approve it.
 * @throws Conflict when somebody else saved meanwhile, or the version is no longer a draft.
 */
export const editVersion = verb({
  may: "policy.draft",
  input: draftInput,
  prepare: async (input) => ({ ...input, ...(await readTexts(input.texts)) }),
  run: saveContent,
});

/** Writes what a version says, with texts that were read already, and what their authors have to look at. */
export async function saveContent(step: RecordedStep, input: z.output<typeof draftInput> & Read) {
  const { tx, now, record, unchanged } = step;
  const { versionId, revision, texts: kept, sources, warnings, rows, stateId, ...given } = input;
  const { version } = await lockVersion(tx, versionId);
  assertEditable(VERSION, version, revision);
  if (version.provenance) throw new Conflict(VERSION.refusals.notEditable);
  const { effectiveDate } = given;
  const majorAnswers = await withCardAnswer(tx, { ...version, effectiveDate }, given.majorAnswers);
  const content = { ...given, majorAnswers };

  const written = await writtenOf(tx, versionId);
  const manifests = manifestsAfter(written, { texts: kept, rows });
  const before = contentHash({ ...version, ...written });
  const { documentId } = version;
  const after = contentHash({ documentId, ...content, texts: kept, manifests });
  if (before === after) return unchanged({ revision, status: version.status });

  await assertLabelFree(tx, version, content.label);
  await writeTexts(tx, versionId, { texts: kept, manifests, sources, warnings, now });
  const isMajor = majorReasons(content.majorAnswers).length > 0;
  const taken = await takenState(tx, { subjectId: versionId, stateId });
  const saved = await saveDraft(step, VERSION, {
    draft: version,
    own: { ...content, isMajor },
    said: { before: saidBy(version, written), after: { ...content, texts: kept } },
    wordsOf: taken?.userId ?? null,
  });
  await record("version.edited", {
    id: versionId,
    before: { contentHash: before },
    after: { contentHash: after, ...saved, ...(taken && { fromStateAt: taken.at }) },
  });
  return { ...saved, status: "draft" as const };
}

/** What the form of a version says of it. */
export const saidBy = (version: PolicyVersion, { texts }: Pick<Written, "texts">) => {
  const { label, effectiveDate, affectsEndUsers, needsConsent, changes, majorAnswers } = version;
  return { label, effectiveDate, affectsEndUsers, needsConsent, changes, majorAnswers, texts };
};

/** What is typed is held to the same as what comes from a file; an emptied text is gone. */
async function readTexts(texts: PerLocale): Promise<Read & { texts: PerLocale }> {
  const kept: PerLocale = {};
  const warnings: Warnings = {};
  const rows: Rows = {};
  for (const locale of LOCALES) {
    const body = texts[locale];
    if (!body?.trim()) continue;
    const read = await readText(body, `texts.${locale}`);
    kept[locale] = read.markdown;
    warnings[locale] = read.warnings;
    rows[locale] = await rowsIn(read.markdown);
  }
  return { texts: kept, warnings, rows };
}

async function readText(pasted: string, field: string) {
  try {
    return await takeText({ pasted, as: "markdown" });
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    throw new Invalid("errors.form", { [field]: [error.messageKey] }, error.values);
  }
}

async function assertLabelFree(tx: Tx, version: PolicyVersion, label: string): Promise<void> {
  const taken = await tx
    .select({ id: policyVersions.id })
    .from(policyVersions)
    .where(
      and(
        eq(policyVersions.documentId, version.documentId),
        eq(policyVersions.label, label),
        ne(policyVersions.id, version.id),
        ne(policyVersions.status, "discarded"),
      ),
    );
  if (taken.length > 0) throw new Invalid("errors.form", { label: ["policies.errors.labelTaken"] });
}

type PerLocale = Partial<Record<Locale, string>>;
type Warnings = Partial<Record<Locale, ImportWarning[]>>;
type Rows = Partial<Record<Locale, ManifestRows>>;
/** What reading the texts has shown: what to look at, and what their tables list. */
type Read = { warnings: Warnings; rows: Rows };
type Writing = Written & {
  sources: PerLocale | undefined;
  warnings: Warnings;
  now: Date;
};

async function writeTexts(tx: Tx, versionId: string, writing: Writing): Promise<void> {
  const { texts, sources, now } = writing;
  const known = await warningsOf(tx, versionId);
  const filled = LOCALES.filter((locale) => texts[locale] !== undefined);
  await tx
    .delete(policyTexts)
    .where(
      and(
        eq(policyTexts.versionId, versionId),
        filled.length > 0 ? notInArray(policyTexts.locale, filled) : undefined,
      ),
    );
  for (const locale of filled) {
    const body = texts[locale] ?? "";
    const sourceName = sources?.[locale] ?? null;
    const manifest = writing.manifests[locale] ?? null;
    const warned = {
      ...warnedOf(known[locale], writing.warnings[locale] ?? [], sourceName !== null),
      updatedAt: now,
    };
    await tx
      .insert(policyTexts)
      .values({ versionId, locale, body, sourceName, manifest, ...warned })
      .onConflictDoUpdate({
        target: [policyTexts.versionId, policyTexts.locale],
        set: { body, sourceName, manifest, ...warned },
        setWhere: ne(policyTexts.body, body),
      });
  }
}

type Warned = Pick<typeof policyTexts.$inferSelect, "warnings" | "confirmedAt">;

/** A file says anew what is to be looked at; what is typed adds to it, and only news ask anew. */
function warnedOf(known: Warned | undefined, found: ImportWarning[], isFile: boolean): Warned {
  if (isFile || !known) return { warnings: found, confirmedAt: null };
  const said = new Set(known.warnings.map((one) => JSON.stringify(one)));
  const news = found.filter(
    ({ kind, place, words }) => !said.has(JSON.stringify({ kind, place, words })),
  );
  if (news.length === 0) return known;
  return { warnings: [...known.warnings, ...news], confirmedAt: null };
}
