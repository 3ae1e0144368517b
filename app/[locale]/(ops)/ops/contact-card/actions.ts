"use server";

import { decideContactCard } from "@/domain/policies/decide-contact-card";
import { proposeContactCard } from "@/domain/policies/propose-contact-card";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const proposeCardAction = formAction(async (ctx, form) => {
  await proposeContactCard(ctx, readForm(form, proposeContactCard.input));
  return { to: at("/ops/contact-card", { done: "proposed" }) };
});

export const decideCardAction = formAction(async (ctx, form) => {
  await decideContactCard(ctx, readForm(form, decideContactCard.input));
  return { to: at("/ops/contact-card", { done: "decided" }) };
});
