"use server";

import { closeApp } from "@/domain/accounts/close-app";
import { saveApp } from "@/domain/accounts/save-app";
import { readApp } from "@/server/account-form";
import { formAction } from "@/server/action";
import { readLocale, readText } from "@/server/form-fields";

export const saveAppAction = formAction(async (ctx, form) => {
  const app = readApp(form);
  await saveApp(ctx, app);
  return { to: `/${readLocale(form)}/ops/accounts/${app.accountId}?saved=app` };
});

export const closeAppAction = formAction(async (ctx, form) => {
  const { accountId } = await closeApp(ctx, { appId: readText(form, "appId") });
  return { to: `/${readLocale(form)}/ops/accounts/${accountId}?saved=appClosed` };
});
