"use server";

import { createDocument } from "@/domain/policies/create-document";
import { formAction } from "@/server/action";
import { readForm, readLocale } from "@/server/read-form";

export const create = formAction(async (ctx, form) => {
  const { id } = await createDocument(ctx, readForm(form, createDocument.input));
  return { to: `/${readLocale(form)}/ops/policies/${id}` };
});
