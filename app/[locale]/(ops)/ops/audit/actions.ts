"use server";

import { askForCheck } from "@/domain/audit/check-record";
import { formAction } from "@/server/action";

export const checkNowAction = formAction(async (ctx) => {
  await askForCheck(ctx, {});
  return { messageKey: "audit.sealing.asked" };
});
