"use server";

import { cancelRemainder } from "@/domain/broadcasts/cancel-remainder";
import { pauseBroadcast } from "@/domain/broadcasts/pause";
import { resumeBroadcast } from "@/domain/broadcasts/resume";
import { retryFailed } from "@/domain/broadcasts/retry-failed";
import { formAction } from "@/server/action";
import { readText } from "@/server/form-fields";

const idOf = (form: FormData) => ({ broadcastId: readText(form, "broadcastId") });

export const pause = formAction(async (ctx, form) => {
  await pauseBroadcast(ctx, idOf(form));
  return { messageKey: "broadcasts.browser.paused" };
});

export const resume = formAction(async (ctx, form) => {
  await resumeBroadcast(ctx, idOf(form));
  return { messageKey: "broadcasts.browser.resumed" };
});

export const cancel = formAction(async (ctx, form) => {
  const count = await cancelRemainder(ctx, {
    ...idOf(form),
    // Numbers are shown with separators, and typed as they are shown.
    typedMails: readText(form, "typedMails").replace(/[\s,，]/g, ""),
    reason: readText(form, "reason"),
  });
  return { messageKey: "broadcasts.browser.cancelled", values: { count } };
});

export const retry = formAction(async (ctx, form) => {
  const count = await retryFailed(ctx, idOf(form));
  return { messageKey: "broadcasts.browser.retried", values: { count } };
});
