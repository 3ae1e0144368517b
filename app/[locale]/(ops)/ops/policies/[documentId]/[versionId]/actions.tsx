"use server";

import { getLocale, getTranslations } from "next-intl/server";
import { refresh } from "next/cache";

import { confirmImport } from "@/domain/policies/confirm-import";
import { discardVersion } from "@/domain/policies/discard";
import { explainChecks } from "@/domain/policies/explain-checks";
import { editVersion } from "@/domain/policies/edit";
import { draftInput } from "@/domain/policies/input";
import { mailVersionTest } from "@/domain/policies/mail-test";
import { readVersionState } from "@/domain/policies/kept-wordings";
import { readTyped, typedText } from "@/domain/policies/read-typed";
import { replaceText } from "@/domain/policies/replace-text";
import { resetManifest, saveManifest } from "@/domain/policies/save-manifest";
import { submitVersion } from "@/domain/policies/submit";
import { at } from "@/lib/addresses";
import { formatNumber } from "@/lib/format";
import { formAction, type Outcome } from "@/server/action";
import { readImport, readManifestForm } from "@/server/form-files";
import { readForm, readIntent, readText } from "@/server/read-form";
import type { ImportedText } from "@/text/import-text";

import { TypedText } from "./_components/preview";

/** Saved first and submitted then, so that what is missing for the review costs nothing typed. */
export const compose = formAction(async (ctx, form) => {
  // Which file a text came from, and whose kept wording it is, is not the form's to say.
  const draft = readForm(form, draftInput.omit({ sources: true, stateId: true }));
  const { versionId } = draft;
  const { revision } = await editVersion(ctx, draft);
  if (readIntent(form) === "save") return;
  return {
    next: async () => {
      await submitVersion(ctx, { versionId, revision });
      const documentId = readText(form, "documentId");
      return { to: at("/ops/policies/*/*/review", documentId, versionId) };
    },
  };
});

/** A text as it is being typed, drawn as its readers will see it. */
export const drawText = formAction(
  async (ctx, form) => ({
    shown: <TypedText blocks={await readTyped(ctx, readForm(form, typedText))} />,
  }),
  { draws: true },
);

/** Takes back what the draft said before; it is a save like any other. */
export const restore = formAction(async (ctx, form) => {
  const versionId = readText(form, "versionId");
  const stateId = readText(form, "stateId");
  const revision = readText(form, "revision");
  const { content } = await readVersionState(ctx, { versionId, stateId });
  await editVersion(ctx, { ...content, versionId, revision, stateId });
  return { to: at("/ops/policies/*/*", readText(form, "documentId"), versionId) };
});

/** Mails what is saved to staff, as a test. */
export const mailTest = formAction(async (ctx, form) => {
  const { people } = await mailVersionTest(ctx, readForm(form, mailVersionTest.input));
  return { messageKey: "reviews.browser.testMailed", values: { people } };
});

export const discard = formAction(async (ctx, form) => {
  const { documentId } = await discardVersion(ctx, readForm(form, discardVersion.input));
  return { to: at("/ops/policies/*", documentId) };
});

export const importFile = formAction(async (ctx, form) => {
  const imported = await replaceText(ctx, await readImport(form));
  refresh();
  return importReport(imported);
});

type Imported = Pick<ImportedText, "format" | "warnings"> & { characters: number };

/** A list entered beside the text. */
export const enterList = formAction(async (ctx, form) => {
  const saved = await saveManifest(ctx, await readManifestForm(form));
  refresh();
  if (!saved) return;
  const t = await getTranslations("policies.manifest.part");
  return {
    messageKey: "policies.browser.manifestSaved",
    values: { part: t(saved.part), count: saved.count },
  };
});

export const resetLists = formAction(async (ctx, form) => {
  await resetManifest(ctx, readForm(form, resetManifest.input));
  refresh();
});

/** Why what the checks found may stay. */
export const explain = formAction(async (ctx, form) => {
  await explainChecks(ctx, readForm(form, explainChecks.input));
  refresh();
});

export const confirm = formAction(async (ctx, form) => {
  await confirmImport(ctx, readForm(form, confirmImport.input));
  refresh();
});

/** What came in from a file: its format, how many characters, and how much its author has to look at. */
async function importReport({ format, warnings, characters }: Imported): Promise<Outcome> {
  const [t, locale] = await Promise.all([getTranslations("policies.ops.import"), getLocale()]);
  return {
    messageKey: "policies.browser.imported",
    values: {
      format: t(`format.${format}`),
      characters: formatNumber(characters, locale),
      count: warnings.length,
    },
  };
}
