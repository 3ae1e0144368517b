"use server";

import { NewToken } from "@/components/tickets/new-token";
import { createToken } from "@/domain/tickets/create-token";
import { revokeToken } from "@/domain/tickets/revoke-token";
import { rotateToken } from "@/domain/tickets/rotate-token";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const createTokenAction = formAction(async (ctx, form) => {
  const { name, token } = await createToken(ctx, readForm(form, createToken.input));
  return { shown: <NewToken name={name} token={token} /> };
});

export const rotateTokenAction = formAction(async (ctx, form) => {
  const { name, token, endsAt } = await rotateToken(ctx, readForm(form, rotateToken.input));
  return { shown: <NewToken name={name} token={token} oldEndsAt={endsAt} /> };
});

export const revokeTokenAction = formAction(async (ctx, form) => {
  await revokeToken(ctx, readForm(form, revokeToken.input));
  return { messageKey: "tickets.browser.revoked" };
});
