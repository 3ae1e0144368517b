"use server";

import { liftHold, placeHold } from "@/domain/retention/holds";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const place = formAction(async (ctx, form) => {
  await placeHold(ctx, readForm(form, placeHold.input));
  return { messageKey: "retention.ops.placed" };
});

export const lift = formAction(async (ctx, form) => {
  await liftHold(ctx, readForm(form, liftHold.input));
  return { messageKey: "retention.ops.lifted" };
});
