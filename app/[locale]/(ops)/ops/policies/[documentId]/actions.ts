"use server";

import { discardDocument, renameDocument } from "@/domain/policies/discard";
import { draftVersion } from "@/domain/policies/draft";
import { saveStopGuide } from "@/domain/policies/save-stop-guide";
import { formAction } from "@/server/action";
import { readLocale, readText } from "@/server/form-fields";
import { readStopWays } from "@/server/stop-form";

export const draft = formAction(async (ctx, form) => {
  const { id, documentId } = await draftVersion(ctx, {
    documentId: readText(form, "documentId"),
    label: readText(form, "label"),
    fromId: readText(form, "fromId") || undefined,
  });
  return { to: `/${readLocale(form)}/ops/policies/${documentId}/${id}` };
});

export const rename = formAction(async (ctx, form) => {
  await renameDocument(ctx, {
    documentId: readText(form, "documentId"),
    titleZh: readText(form, "titleZh"),
    titleEn: readText(form, "titleEn"),
  });
});

export const discard = formAction(async (ctx, form) => {
  await discardDocument(ctx, { documentId: readText(form, "documentId") });
  return { to: `/${readLocale(form)}/ops/policies` };
});

export const saveStopGuideAction = formAction(async (ctx, form) => {
  const documentId = readText(form, "documentId");
  await saveStopGuide(ctx, { documentId, ways: readStopWays(form) });
  return { to: `/${readLocale(form)}/ops/policies/${documentId}` };
});
