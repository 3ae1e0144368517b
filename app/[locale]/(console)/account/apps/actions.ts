"use server";

import { declareOwnApp, putOffDeclarations } from "@/domain/accounts/declare-app";
import { closeOwnApp, saveOwnApp } from "@/domain/accounts/own-apps";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const saveOwnAppAction = formAction(async (ctx, form) => {
  await saveOwnApp(ctx, readForm(form, saveOwnApp.input));
  return { to: at("/account", { saved: "app" }) };
});

export const closeOwnAppAction = formAction(async (ctx, form) => {
  await closeOwnApp(ctx, readForm(form, closeOwnApp.input));
  return { to: at("/account", { saved: "appClosed" }) };
});

export const declareAction = formAction(async (ctx, form) => {
  await declareOwnApp(ctx, readForm(form, declareOwnApp.input));
});

export const putOffDeclarationsAction = formAction(async (ctx, form) => {
  await putOffDeclarations(ctx, readForm(form, putOffDeclarations.input));
});
