"use server";

import { liftSuppression } from "@/domain/broadcasts/lift-suppression";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const lift = formAction(async (ctx, form) => {
  await liftSuppression(ctx, readForm(form, liftSuppression.input));
  return { to: at("/ops/suppressions", { done: "lifted" }) };
});
