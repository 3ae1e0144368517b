"use server";

import { refresh } from "next/cache";

import { discardVersion } from "@/domain/policies/discard";
import { editVersion } from "@/domain/policies/edit";
import { replaceText } from "@/domain/policies/replace-text";
import { submitVersion } from "@/domain/policies/submit";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { importReport } from "@/server/import-report";
import { readDraft, readImport } from "@/server/draft-form";
import { readForm, readIntent, readText } from "@/server/read-form";

/** Saved first and submitted then, so that what is missing for the review costs nothing typed. */
export const compose = formAction(async (ctx, form) => {
  const draft = readDraft(form);
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

export const discard = formAction(async (ctx, form) => {
  const { documentId } = await discardVersion(ctx, readForm(form, discardVersion.input));
  return { to: at("/ops/policies/*", documentId) };
});

export const importFile = formAction(async (ctx, form) => {
  const imported = await replaceText(ctx, await readImport(form));
  refresh();
  return importReport(imported);
});
