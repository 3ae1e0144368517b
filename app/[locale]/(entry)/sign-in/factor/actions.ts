"use server";

import { askNewPasskey, askPasskey } from "@/domain/access/ask-passkey";
import { endSessionsOf } from "@/domain/access/end-sessions-of";
import { makeRecoveryCodes, removeFactor, resetFactors, startApp } from "@/domain/access/factors";
import { listOwnSessions } from "@/domain/access/own-sessions";
import { confirmPasskey, provePasskey } from "@/domain/access/passkeys";
import { confirmApp, proveFactor, proveInDemo } from "@/domain/access/prove-factor";
import { at } from "@/lib/addresses";
import { safeReturnPath } from "@/lib/return-path";
import { formAction, publicAction } from "@/server/action";
import { readForm, readLocale, readText } from "@/server/read-form";
import { doorContext } from "@/server/session";
import { completeFactor } from "@/server/sign-in";

const returnIn = (form: FormData): string => safeReturnPath(readText(form, "return"), "");

const landingOf = (form: FormData) => ({ returnPath: returnIn(form), locale: readLocale(form) });

/** Whoever has yet to prove their factor is nobody to every action but these four. */
export const proveFactorAction = publicAction(async (_nobody, form) => ({
  path: await completeFactor(
    (ctx, renewal) => proveFactor(ctx, { code: readText(form, "code"), ...renewal }),
    landingOf(form),
  ),
}));

export const askPasskeyAction = publicAction(async () => ({
  question: await askPasskey((await doorContext()).ctx, {}),
}));

export const provePasskeyAction = publicAction(async (_nobody, form) => ({
  path: await completeFactor(
    (ctx, renewal) => provePasskey(ctx, { answer: readText(form, "answer"), ...renewal }),
    landingOf(form),
    "",
  ),
}));

export const proveInDemoAction = publicAction(async (_nobody, form) => ({
  path: await completeFactor(proveInDemo, landingOf(form)),
}));

export const startAppAction = formAction((ctx) => startApp(ctx, {}));

export const confirmAppAction = formAction(async (_person, form) => {
  const [name, code] = [readText(form, "name"), readText(form, "code")];
  await completeFactor(
    (ctx, renewal) => confirmApp(ctx, { name, code, ...renewal }),
    landingOf(form),
  );
  return { to: at("/sign-in/factor", { step: "codes", return: returnIn(form) }) };
});

export const askNewPasskeyAction = formAction(async (ctx) => ({
  question: await askNewPasskey(ctx, {}),
}));

export const confirmPasskeyAction = formAction(async (_person, form) => {
  const [name, answer] = [readText(form, "name"), readText(form, "answer")];
  await completeFactor(
    (ctx, renewal) => confirmPasskey(ctx, { name, answer, ...renewal }),
    landingOf(form),
    "",
  );
  return { to: at("/sign-in/factor", { step: "codes", return: returnIn(form) }) };
});

/** The codes are text, which stands on the paper of the page too. */
export const makeCodesAction = formAction(async (ctx) => ({
  messageKey: "access.browser.recoveryCodes",
  values: { codes: (await makeRecoveryCodes(ctx, {})).join("\n") },
  onPaper: true,
}));

export const removeFactorAction = formAction(async (ctx, form) => {
  await removeFactor(ctx, readForm(form, removeFactor.input));
  return (await listOwnSessions(ctx, {})).length > 1
    ? { to: at("/sign-in/factor", { step: "sessions", return: returnIn(form) }) }
    : { messageKey: "access.browser.factorRemoved" };
});

export const resetFactorsAction = formAction(async (ctx, form) => {
  await resetFactors(ctx, readForm(form, resetFactors.input));
  return { messageKey: "access.browser.factorsReset" };
});

export const endSessionsOfAction = formAction(async (ctx, form) => {
  await endSessionsOf(ctx, readForm(form, endSessionsOf.input));
  return { messageKey: "access.browser.sessionsEnded" };
});
