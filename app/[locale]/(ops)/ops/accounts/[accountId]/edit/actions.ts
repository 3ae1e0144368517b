"use server";

import { editAccount } from "@/domain/accounts/edit-account";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const editAccountAction = formAction(async (ctx, form) => {
  const account = await editAccount(ctx, readForm(form, editAccount.input));
  return { to: at("/ops/accounts/*", account.id, { saved: "account" }) };
});
