"use server";

import { settleUnreached } from "@/domain/broadcasts/settle-unreached";
import { formAction } from "@/server/action";
import { readText } from "@/server/form-fields";

export const settle = formAction(async (ctx, form) => {
  await settleUnreached(ctx, {
    broadcastId: readText(form, "broadcastId"),
    accountId: readText(form, "accountId"),
    note: readText(form, "note"),
  });
  return { messageKey: "broadcasts.browser.settled" };
});
