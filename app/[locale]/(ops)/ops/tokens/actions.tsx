"use server";

import { createToken } from "@/domain/tickets/create-token";
import { revokeToken } from "@/domain/tickets/revoke-token";
import { formAction } from "@/server/action";
import { readChoices, readText } from "@/server/form-fields";

import { NewToken } from "./_components/new-token";

export const createTokenAction = formAction(async (ctx, form) => {
  const { name, token } = await createToken(ctx, {
    name: readText(form, "name"),
    scopes: readChoices(form, "scopes"),
    expiresOn: readText(form, "expiresOn"),
  });
  return { shown: <NewToken name={name} token={token} /> };
});

export const revokeTokenAction = formAction(async (ctx, form) => {
  await revokeToken(ctx, { tokenId: readText(form, "tokenId") });
  return { messageKey: "tickets.browser.revoked" };
});
