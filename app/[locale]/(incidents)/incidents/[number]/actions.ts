"use server";

import { followAdvice, unfollowAdvice } from "@/domain/incidents/follow-advice";
import { formAction } from "@/server/action";
import { readForm, readText } from "@/server/read-form";

/** Ticks an advice off for an app, or takes the tick back; "done" says which. */
export const tickAdvice = formAction(async (ctx, form) => {
  const item = readForm(form, followAdvice.input);
  await (readText(form, "done") === "no" ? unfollowAdvice(ctx, item) : followAdvice(ctx, item));
});
