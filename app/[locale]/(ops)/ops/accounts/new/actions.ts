"use server";

import { createAccount } from "@/domain/accounts/create-account";
import { formAction } from "@/server/action";
import { readForm, readLocale } from "@/server/read-form";

export const createAccountAction = formAction(async (ctx, form) => {
  const account = await createAccount(ctx, readForm(form, createAccount.input));
  return { to: `/${readLocale(form)}/ops/accounts/${account.id}?saved=account` };
});
