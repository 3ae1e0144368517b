"use server";

import { cancelRemainder } from "@/domain/broadcasts/cancel-remainder";
import { pauseBroadcast } from "@/domain/broadcasts/pause";
import { resumeBroadcast } from "@/domain/broadcasts/resume";
import { retryFailed } from "@/domain/broadcasts/retry-failed";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const pause = formAction(async (ctx, form) => {
  await pauseBroadcast(ctx, readForm(form, pauseBroadcast.input));
  return { messageKey: "broadcasts.browser.paused" };
});

export const resume = formAction(async (ctx, form) => {
  await resumeBroadcast(ctx, readForm(form, resumeBroadcast.input));
  return { messageKey: "broadcasts.browser.resumed" };
});

export const cancel = formAction(async (ctx, form) => {
  const count = await cancelRemainder(ctx, readForm(form, cancelRemainder.input));
  return { messageKey: "broadcasts.browser.cancelled", values: { count } };
});

export const retry = formAction(async (ctx, form) => {
  const count = await retryFailed(ctx, readForm(form, retryFailed.input));
  return { messageKey: "broadcasts.browser.retried", values: { count } };
});
