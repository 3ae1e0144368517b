"use server";

import { declareOwnApp, putOffDeclarations } from "@/domain/accounts/declare-app";
import { attest } from "@/domain/policies/attest";
import { stateOwnPolicy } from "@/domain/policies/state-own-policy";
import { takeKit } from "@/domain/policies/take-kit";
import { closeOwnApp, saveOwnApp } from "@/domain/accounts/own-apps";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readKitWords } from "@/server/kit-words";
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

/** The text that is taken is the one of this moment, whatever the form says. */
export const takeKitAction = formAction(async (ctx, form) => {
  const of = readForm(form, takeKit.input.omit({ text: true }));
  const { text } = await readKitWords(ctx, of);
  await takeKit(ctx, { ...of, text });
  return { to: at("/account/apps/*/duties", of.appId, { done: "taken" }) };
});

export const stateOwnPolicyAction = formAction(async (ctx, form) => {
  const said = readForm(form, stateOwnPolicy.input);
  await stateOwnPolicy(ctx, said);
  return { to: at("/account/apps/*/duties", said.appId, { done: "stated" }) };
});

export const attestAction = formAction(async (ctx, form) => {
  const said = readForm(form, attest.input);
  await attest(ctx, said);
  return { to: at("/account/apps/*/duties", said.appId, { done: "attested" }) };
});

export const putOffDeclarationsAction = formAction(async (ctx, form) => {
  await putOffDeclarations(ctx, readForm(form, putOffDeclarations.input));
});
