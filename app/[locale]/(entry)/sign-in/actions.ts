"use server";

import { at, withLanguage } from "@/lib/addresses";
import { safeReturnPath } from "@/lib/return-path";
import { publicAction } from "@/server/action";
import { askAgain, askForMail, completeSignIn, enterAsDemoPerson } from "@/server/sign-in";
import { readLocale, readText } from "@/server/read-form";

export const requestSignInMail = publicAction(async (ctx, form) => ({
  to: await askForMail(ctx, {
    email: readText(form, "email"),
    purpose: "sign_in",
    locale: readLocale(form),
    returnPath: safeReturnPath(readText(form, "return"), ""),
  }),
}));

/** Known and unknown addresses get the same answer: a mail. */
export const requestProofMail = publicAction(async (ctx, form) => ({
  to: await askForMail(ctx, {
    email: readText(form, "email"),
    purpose: "prove_address",
    locale: readLocale(form),
    returnPath: safeReturnPath(
      readText(form, "return"),
      withLanguage(readLocale(form), "/requests/new"),
    ),
  }),
}));

export const resendSignInMail = publicAction(async (ctx, form) => ({
  to: await askAgain(ctx, { requestId: readText(form, "request"), locale: readLocale(form) }),
}));

export const signInWithCode = publicAction(async (ctx, form) => {
  const requestId = readText(form, "request");
  return {
    path: await completeSignIn(ctx, {
      requestId,
      secret: { code: readText(form, "code") },
      stay: withLanguage(readLocale(form), at("/sign-in/code", { request: requestId })),
    }),
  };
});

export const signInWithLink = publicAction(async (ctx, form) => {
  const requestId = readText(form, "request");
  const token = readText(form, "token");
  return {
    path: await completeSignIn(ctx, {
      requestId,
      secret: { token },
      stay: withLanguage(readLocale(form), at("/sign-in/confirm", { request: requestId, token })),
    }),
  };
});

export const signInAsDemo = publicAction(async (ctx, form) => ({
  path: await enterAsDemoPerson(ctx, {
    userId: readText(form, "userId"),
    returnPath: readText(form, "return"),
    locale: readLocale(form),
  }),
}));
