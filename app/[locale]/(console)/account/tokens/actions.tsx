"use server";

import { NewToken } from "@/components/tickets/new-token";
import { createOwnToken, revokeOwnToken } from "@/domain/tickets/account-tokens";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const createOwnTokenAction = formAction(async (ctx, form) => {
  const { name, token } = await createOwnToken(ctx, readForm(form, createOwnToken.input));
  return { shown: <NewToken name={name} token={token} /> };
});

export const revokeOwnTokenAction = formAction(async (ctx, form) => {
  await revokeOwnToken(ctx, readForm(form, revokeOwnToken.input));
  return { messageKey: "tickets.browser.revoked" };
});
