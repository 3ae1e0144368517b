"use server";

import { settleAskTask } from "@/domain/policies/ask-tasks";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const settle = formAction(async (ctx, form) => {
  await settleAskTask(ctx, readForm(form, settleAskTask.input));
  return { messageKey: "policies.ops.followUps.done" };
});
