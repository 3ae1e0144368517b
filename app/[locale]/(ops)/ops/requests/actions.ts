"use server";

import { assignRequests } from "@/domain/requests/assign";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const assignAll = formAction(async (ctx, form) => {
  const { count } = await assignRequests(ctx, readForm(form, assignRequests.input));
  return { messageKey: "requests.browser.assigned", values: { count } };
});
