"use server";

import { askForCheck } from "@/domain/audit/check-record";
import { readNames } from "@/domain/audit/list";
import { formAction } from "@/server/action";

/** The list again, with the names; nothing else is done by it. */
export const readNamesAction = formAction(async (ctx) => {
  await readNames(ctx, {});
  return { messageKey: "audit.names.shown" };
});

export const checkNowAction = formAction(async (ctx) => {
  await askForCheck(ctx, {});
  return { messageKey: "audit.sealing.asked" };
});
