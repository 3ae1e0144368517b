"use server";

import { remindUnanswered } from "@/domain/policies/remind";
import { formAction } from "@/server/action";
import { readLocale, readText } from "@/server/read-form";

export const remind = formAction(async (ctx, form) => {
  const { id } = await remindUnanswered(ctx, { versionId: readText(form, "versionId") });
  return { to: `/${readLocale(form)}/ops/broadcasts/${id}` };
});
