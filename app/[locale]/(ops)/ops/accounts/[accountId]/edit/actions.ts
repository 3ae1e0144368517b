"use server";

import { editAccount } from "@/domain/accounts/edit-account";
import { formAction } from "@/server/action";
import { readForm, readLocale } from "@/server/read-form";

export const editAccountAction = formAction(async (ctx, form) => {
  const account = await editAccount(ctx, readForm(form, editAccount.input));
  return { to: `/${readLocale(form)}/ops/accounts/${account.id}?saved=account` };
});
