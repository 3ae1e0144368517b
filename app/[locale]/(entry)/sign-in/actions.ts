"use server";

import { requestSignIn } from "@/domain/access/request-sign-in";
import { safeReturnPath } from "@/lib/return-path";
import { publicAction } from "@/server/action";
import { readLocale, readText } from "@/server/form-fields";
import { completeSignIn, enterAsDemoPerson } from "@/server/sign-in";

export const requestSignInMail = publicAction(async (ctx, form) => {
  const locale = readLocale(form);
  const { requestId } = await requestSignIn(ctx, {
    email: readText(form, "email"),
    locale,
    returnPath: safeReturnPath(readText(form, "return"), ""),
  });
  return { to: `/${locale}/sign-in/code?request=${requestId}` };
});

/** Known and unknown addresses get the same answer: a mail. */
export const requestProofMail = publicAction(async (ctx, form) => {
  const locale = readLocale(form);
  const { requestId } = await requestSignIn(ctx, {
    email: readText(form, "email"),
    purpose: "prove_address",
    locale,
    returnPath: safeReturnPath(readText(form, "return"), `/${locale}/requests/new`),
  });
  return { to: `/${locale}/sign-in/code?request=${requestId}` };
});

export const signInWithCode = publicAction(async (ctx, form) => ({
  to: await completeSignIn(ctx, {
    requestId: readText(form, "request"),
    secret: { code: readText(form, "code") },
  }),
}));

export const signInWithLink = publicAction(async (ctx, form) => ({
  to: await completeSignIn(ctx, {
    requestId: readText(form, "request"),
    secret: { token: readText(form, "token") },
  }),
}));

export const signInAsDemo = publicAction(async (ctx, form) => ({
  to: await enterAsDemoPerson(ctx, {
    userId: readText(form, "userId"),
    returnPath: readText(form, "return"),
    locale: readLocale(form),
  }),
}));
