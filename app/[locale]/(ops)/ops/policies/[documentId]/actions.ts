"use server";

import { draftVersion } from "@/domain/policies/draft";
import { formAction } from "@/server/action";
import { readLocale, readText } from "@/server/form-fields";

export const draft = formAction(async (ctx, form) => {
  const { id, documentId } = await draftVersion(ctx, {
    documentId: readText(form, "documentId"),
    label: readText(form, "label"),
  });
  return { to: `/${readLocale(form)}/ops/policies/${documentId}/${id}` };
});
