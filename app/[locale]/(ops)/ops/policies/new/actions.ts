"use server";

import { createDocument } from "@/domain/policies/create-document";
import { formAction } from "@/server/action";
import { readDocument } from "@/server/draft-form";
import { readLocale } from "@/server/form-fields";

export const create = formAction(async (ctx, form) => {
  const { id } = await createDocument(ctx, readDocument(form));
  return { to: `/${readLocale(form)}/ops/policies/${id}` };
});
