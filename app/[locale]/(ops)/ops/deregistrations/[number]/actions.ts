"use server";

import { pauseDeregistration, resumeDeregistration } from "@/domain/deregistrations/pause";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const pause = formAction(async (ctx, form) => {
  await pauseDeregistration(ctx, readForm(form, pauseDeregistration.input));
  return { messageKey: "deregistrations.ops.pause.done" };
});

export const resume = formAction(async (ctx, form) => {
  await resumeDeregistration(ctx, readForm(form, resumeDeregistration.input));
  return { messageKey: "deregistrations.ops.pause.resumed" };
});
