"use server";

import { makeRecoveryCodes, removeFactor, resetFactors, startApp } from "@/domain/access/factors";
import { confirmApp, proveFactor, proveInDemo } from "@/domain/access/prove-factor";
import { Invalid } from "@/domain/errors";
import { at } from "@/lib/addresses";
import { safeReturnPath } from "@/lib/return-path";
import { formAction, publicAction } from "@/server/action";
import { readForm, readLocale, readText } from "@/server/read-form";
import { completeFactor } from "@/server/sign-in";

const returnIn = (form: FormData): string => safeReturnPath(readText(form, "return"), "");

const landingOf = (form: FormData) => ({ returnPath: returnIn(form), locale: readLocale(form) });

/** Whoever has yet to prove their factor is nobody to every action but these two. */
export const proveFactorAction = publicAction(async (_nobody, form) => ({
  path: await completeFactor(
    (ctx) => proveFactor(ctx, readForm(form, proveFactor.input)),
    landingOf(form),
  ),
}));

export const proveInDemoAction = publicAction(async (_nobody, form) => ({
  path: await completeFactor((ctx) => proveInDemo(ctx, {}), landingOf(form)),
}));

export const startAppAction = formAction((ctx) => startApp(ctx, {}));

export const confirmAppAction = formAction(async (ctx, form) => {
  const result = await confirmApp(ctx, readForm(form, confirmApp.input));
  if (!result.ok) throw new Invalid("errors.form", { code: [result.messageKey] }, result.values);
  return { to: at("/sign-in/factor", { step: "codes", return: returnIn(form) }) };
});

/** The codes are text: without scripts a page cannot be shown what was drawn beside its form. */
export const makeCodesAction = formAction(async (ctx) => ({
  messageKey: "access.browser.recoveryCodes",
  values: { codes: (await makeRecoveryCodes(ctx, {})).join("\n") },
  onPaper: true,
}));

export const removeFactorAction = formAction(async (ctx, form) => {
  await removeFactor(ctx, readForm(form, removeFactor.input));
  return { messageKey: "access.browser.factorRemoved" };
});

export const resetFactorsAction = formAction(async (ctx, form) => {
  await resetFactors(ctx, readForm(form, resetFactors.input));
  return { messageKey: "access.browser.factorsReset" };
});
