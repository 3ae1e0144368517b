"use server";

import { draftVersion } from "@/domain/policies/draft";
import { saveStopGuide } from "@/domain/policies/save-stop-guide";
import { formAction } from "@/server/action";
import { readLocale, readText } from "@/server/form-fields";
import { readStopWays } from "@/server/stop-form";

export const draft = formAction(async (ctx, form) => {
  const { id, documentId } = await draftVersion(ctx, {
    documentId: readText(form, "documentId"),
    label: readText(form, "label"),
  });
  return { to: `/${readLocale(form)}/ops/policies/${documentId}/${id}` };
});

export const saveStopGuideAction = formAction(async (ctx, form) => {
  const documentId = readText(form, "documentId");
  await saveStopGuide(ctx, { documentId, ways: readStopWays(form) });
  return { to: `/${readLocale(form)}/ops/policies/${documentId}` };
});
