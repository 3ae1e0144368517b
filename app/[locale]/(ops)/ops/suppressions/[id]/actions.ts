"use server";

import { liftSuppression } from "@/domain/broadcasts/lift-suppression";
import { formAction } from "@/server/action";
import { readLocale, readText } from "@/server/form-fields";

export const lift = formAction(async (ctx, form) => {
  await liftSuppression(ctx, { id: readText(form, "id"), note: readText(form, "note") });
  return { to: `/${readLocale(form)}/ops/suppressions?done=lifted` };
});
