"use server";

import { decideMailRoute } from "@/domain/broadcasts/decide-mail-route";
import { proposeMailRoute } from "@/domain/broadcasts/propose-mail-route";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const proposeRouteAction = formAction(async (ctx, form) => {
  await proposeMailRoute(ctx, readForm(form, proposeMailRoute.input));
  return { to: at("/ops/mail-routes", { done: "proposed" }) };
});

export const decideRouteAction = formAction(async (ctx, form) => {
  await decideMailRoute(ctx, readForm(form, decideMailRoute.input));
  return { to: at("/ops/mail-routes", { done: "decided" }) };
});
