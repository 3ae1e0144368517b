"use server";

import { stateStop } from "@/domain/policies/app-stops";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const stateStopAction = formAction(async (ctx, form) => {
  await stateStop(ctx, readForm(form, stateStop.input));
  return { messageKey: "acknowledgements.stops.done" };
});
