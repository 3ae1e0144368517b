"use server";

import { createDocument } from "@/domain/policies/create-document";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const create = formAction(async (ctx, form) => {
  const { id } = await createDocument(ctx, readForm(form, createDocument.input));
  return { to: at("/ops/policies/*", id) };
});
