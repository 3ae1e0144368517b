"use server";

import { remindUnanswered } from "@/domain/policies/remind";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readText } from "@/server/read-form";

export const remind = formAction(async (ctx, form) => {
  const { id } = await remindUnanswered(ctx, { versionId: readText(form, "versionId") });
  return { to: at("/ops/broadcasts/*", id) };
});
