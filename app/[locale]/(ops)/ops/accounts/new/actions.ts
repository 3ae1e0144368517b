"use server";

import { createAccount } from "@/domain/accounts/create-account";
import { formAction } from "@/server/action";
import { readLocale, readText } from "@/server/form-fields";

export const createAccountAction = formAction(async (ctx, form) => {
  const account = await createAccount(ctx, {
    uin: readText(form, "uin"),
    name: readText(form, "name"),
  });
  return { to: `/${readLocale(form)}/ops/accounts/${account.id}?saved=account` };
});
