"use server";

import { addEndpoint } from "@/domain/endpoints/add";
import { changeEndpoint } from "@/domain/endpoints/change";
import { changeEndpointSecret } from "@/domain/endpoints/change-secret";
import { removeEndpoint } from "@/domain/endpoints/remove";
import { replayDispatch } from "@/domain/endpoints/replay";
import { testEndpoint } from "@/domain/endpoints/test";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const addEndpointAction = formAction(async (ctx, form) => {
  const { id } = await addEndpoint(ctx, readForm(form, addEndpoint.input));
  return { to: at("/account/endpoints/*", id, { saved: "added" }) };
});

export const changeEndpointAction = formAction(async (ctx, form) => {
  await changeEndpoint(ctx, readForm(form, changeEndpoint.input));
  return { messageKey: "endpoints.saved.changed" };
});

export const changeSecretAction = formAction(async (ctx, form) => {
  await changeEndpointSecret(ctx, readForm(form, changeEndpointSecret.input));
  return { messageKey: "endpoints.saved.secret" };
});

export const testEndpointAction = formAction(async (ctx, form) => {
  await testEndpoint(ctx, readForm(form, testEndpoint.input));
  return { messageKey: "endpoints.saved.tested" };
});

export const replayDispatchAction = formAction(async (ctx, form) => {
  await replayDispatch(ctx, readForm(form, replayDispatch.input));
  return { messageKey: "endpoints.saved.replayed" };
});

export const removeEndpointAction = formAction(async (ctx, form) => {
  const { accountId } = await removeEndpoint(ctx, readForm(form, removeEndpoint.input));
  return {
    to: at("/account/endpoints", { ...(accountId && { account: accountId }), saved: "removed" }),
  };
});
