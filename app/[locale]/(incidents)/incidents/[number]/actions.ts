"use server";

import { followAdvice, unfollowAdvice } from "@/domain/incidents/follow-advice";
import { formAction } from "@/server/action";
import { readText } from "@/server/form-fields";

/** Ticks an advice off for an app, or takes the tick back; "done" says which. */
export const tickAdvice = formAction(async (ctx, form) => {
  const item = {
    noticeId: readText(form, "noticeId"),
    appId: readText(form, "appId"),
    item: readText(form, "item"),
  };
  await (readText(form, "done") === "no" ? unfollowAdvice(ctx, item) : followAdvice(ctx, item));
});
