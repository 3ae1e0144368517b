import { and, eq, ne, notInArray } from "drizzle-orm";
import type { z } from "zod";

import type { Tx } from "@/db/client";
import { type PolicyVersion, policyTexts, policyVersions } from "@/db/schema";
import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { majorReasons } from "@/db/vocabulary/policies";
import { takeText } from "@/text/offload";

import { Invalid } from "../errors";
import { assertEditable, saveDraft } from "../reviews/draft";
import { type RecordedStep, verb } from "../verb";
import { contentHash } from "./content";
import { lockVersion, textsOf } from "./find";
import { draftInput } from "./input";
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
  prepare: async (input) => ({ ...input, texts: await readTexts(input.texts) }),
  run: saveContent,
});

/** Writes what a version says, with texts that were read already. */
export async function saveContent(step: RecordedStep, input: z.output<typeof draftInput>) {
  const { tx, now, record, unchanged } = step;
  const { versionId, revision, texts: kept, sources, ...content } = input;
  const { version } = await lockVersion(tx, versionId);
  assertEditable(VERSION, version, revision);

  const before = contentHash({ ...version, texts: await textsOf(tx, versionId) });
  const after = contentHash({ documentId: version.documentId, ...content, texts: kept });
  if (before === after) return unchanged({ revision, status: version.status });

  await assertLabelFree(tx, version, content.label);
  await writeTexts(tx, versionId, { texts: kept, sources, now });
  const isMajor = majorReasons(content.majorAnswers).length > 0;
  const saved = await saveDraft(step, VERSION, { draft: version, own: { ...content, isMajor } });
  await record("version.edited", {
    id: versionId,
    before: { contentHash: before },
    after: { contentHash: after, ...saved },
  });
  return { ...saved, status: "draft" as const };
}

/** What is typed is held to the same as what comes from a file; an emptied text is gone. */
async function readTexts(texts: PerLocale): Promise<PerLocale> {
  const kept: PerLocale = {};
  for (const locale of LOCALES) {
    const body = texts[locale];
    if (body?.trim()) kept[locale] = await readText(body, `texts.${locale}`);
  }
  return kept;
}

async function readText(pasted: string, field: string): Promise<string> {
  try {
    const { markdown } = await takeText({ pasted, as: "markdown" });
    return markdown;
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
type Writing = { texts: PerLocale; sources: PerLocale | undefined; now: Date };

async function writeTexts(tx: Tx, versionId: string, writing: Writing): Promise<void> {
  const { texts, sources, now } = writing;
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
    await tx
      .insert(policyTexts)
      .values({ versionId, locale, body, sourceName, updatedAt: now })
      .onConflictDoUpdate({
        target: [policyTexts.versionId, policyTexts.locale],
        set: { body, sourceName, updatedAt: now },
        setWhere: ne(policyTexts.body, body),
      });
  }
}
