"use server";

import { closeApp } from "@/domain/accounts/close-app";
import { saveApp } from "@/domain/accounts/save-app";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const saveAppAction = formAction(async (ctx, form) => {
  const app = readForm(form, saveApp.input);
  await saveApp(ctx, app);
  return { to: at("/ops/accounts/*", app.accountId, { saved: "app" }) };
});

export const closeAppAction = formAction(async (ctx, form) => {
  const { accountId } = await closeApp(ctx, readForm(form, closeApp.input));
  return { to: at("/ops/accounts/*", accountId, { saved: "appClosed" }) };
});
