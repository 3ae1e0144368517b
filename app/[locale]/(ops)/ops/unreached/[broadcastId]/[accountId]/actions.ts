"use server";

import { settleUnreached } from "@/domain/broadcasts/settle-unreached";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const settle = formAction(async (ctx, form) => {
  await settleUnreached(ctx, readForm(form, settleUnreached.input));
  return { messageKey: "broadcasts.browser.settled" };
});
