"use server";

import { noteTry } from "@/domain/broadcasts/calls";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const noteTryAction = formAction(async (ctx, form) => {
  await noteTry(ctx, readForm(form, noteTry.input));
  return { messageKey: "broadcasts.browser.tried" };
});
