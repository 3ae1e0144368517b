"use server";

import { createAccount } from "@/domain/accounts/create-account";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const createAccountAction = formAction(async (ctx, form) => {
  const account = await createAccount(ctx, readForm(form, createAccount.input));
  return { to: at("/ops/accounts/*", account.id, { saved: "account" }) };
});
