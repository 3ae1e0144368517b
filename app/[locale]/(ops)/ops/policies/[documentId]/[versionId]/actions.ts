"use server";

import { refresh } from "next/cache";

import { discardVersion } from "@/domain/policies/discard";
import { editVersion } from "@/domain/policies/edit";
import { replaceText } from "@/domain/policies/replace-text";
import { submitVersion } from "@/domain/policies/submit";
import { formAction } from "@/server/action";
import { readDraft, readImport } from "@/server/draft-form";
import { readLocale, readText } from "@/server/form-fields";
import { readIntent } from "@/server/form-rows";
import { importReport } from "@/server/import-report";

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
      return { to: `/${readLocale(form)}/ops/policies/${documentId}/${versionId}/review` };
    },
  };
});

export const discard = formAction(async (ctx, form) => {
  const { documentId } = await discardVersion(ctx, {
    versionId: readText(form, "versionId"),
    revision: Number(readText(form, "revision")),
  });
  return { to: `/${readLocale(form)}/ops/policies/${documentId}` };
});

export const importFile = formAction(async (ctx, form) => {
  const imported = await replaceText(ctx, await readImport(form));
  refresh();
  return importReport(imported);
});
