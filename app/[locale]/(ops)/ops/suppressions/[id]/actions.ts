"use server";

import { liftSuppression } from "@/domain/broadcasts/lift-suppression";
import { formAction } from "@/server/action";
import { readForm, readLocale } from "@/server/read-form";

export const lift = formAction(async (ctx, form) => {
  await liftSuppression(ctx, readForm(form, liftSuppression.input));
  return { to: `/${readLocale(form)}/ops/suppressions?done=lifted` };
});
