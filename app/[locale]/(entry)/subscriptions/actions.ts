"use server";

import { chooseMails } from "@/domain/access/mail-choices";
import { askSubscription } from "@/domain/subscriptions/ask";
import { confirmSubscription } from "@/domain/subscriptions/confirm";
import { changeSubscription, endSubscription } from "@/domain/subscriptions/keep";
import { at } from "@/lib/addresses";
import { publicAction } from "@/server/action";
import { readForm, readLocale, readText } from "@/server/read-form";
import { markBrowser } from "@/server/visitor";

/** The same answer whoever has the address: a mail. */
export const askSubscriptionAction = publicAction(async (ctx, form) => {
  const asked = readForm(form, askSubscription.input.omit({ visitor: true }));
  await askSubscription(ctx, { ...asked, locale: readLocale(form), visitor: await markBrowser() });
  return { to: at("/subscriptions", { done: "asked" }) };
});

export const confirmSubscriptionAction = publicAction(async (ctx, form) => {
  const { key } = await confirmSubscription(ctx, {
    requestId: readText(form, "request"),
    token: readText(form, "token"),
  });
  return { to: at("/subscriptions/manage", { key, done: "confirmed" }) };
});

export const changeSubscriptionAction = publicAction(async (ctx, form) => {
  await changeSubscription(ctx, readForm(form, changeSubscription.input));
});

export const endSubscriptionAction = publicAction(async (ctx, form) => {
  await endSubscription(ctx, { key: readText(form, "key") });
  return { to: at("/subscriptions", { done: "ended" }) };
});

export const chooseMailsAction = publicAction(async (ctx, form) => {
  await chooseMails(ctx, readForm(form, chooseMails.input));
});
