"use server";

import { createToken } from "@/domain/tickets/create-token";
import { revokeToken } from "@/domain/tickets/revoke-token";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

import { NewToken } from "./_components/new-token";

export const createTokenAction = formAction(async (ctx, form) => {
  const { name, token } = await createToken(ctx, readForm(form, createToken.input));
  return { shown: <NewToken name={name} token={token} /> };
});

export const revokeTokenAction = formAction(async (ctx, form) => {
  await revokeToken(ctx, readForm(form, revokeToken.input));
  return { messageKey: "tickets.browser.revoked" };
});
