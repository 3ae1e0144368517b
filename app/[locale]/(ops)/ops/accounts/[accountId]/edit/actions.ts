"use server";

import { editAccount } from "@/domain/accounts/edit-account";
import { formAction } from "@/server/action";
import { readLocale, readText } from "@/server/form-fields";

export const editAccountAction = formAction(async (ctx, form) => {
  const account = await editAccount(ctx, {
    accountId: readText(form, "accountId"),
    name: readText(form, "name"),
  });
  return { to: `/${readLocale(form)}/ops/accounts/${account.id}?saved=account` };
});
