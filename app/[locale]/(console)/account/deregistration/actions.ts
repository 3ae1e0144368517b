"use server";

import { cancelDeregistration } from "@/domain/deregistrations/cancel";
import { confirmDeregistration } from "@/domain/deregistrations/confirm";
import { requestDeregistration } from "@/domain/deregistrations/request";
import { person } from "@/domain/access/permissions";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm, readText } from "@/server/read-form";

import { countOpenDuties } from "./open-duties";

/** Back to the page's top, which says how it stands now. */
const here = (form: FormData) => ({
  to: at("/account/deregistration", { account: readText(form, "accountId") }),
});

export const askAction = formAction(async (ctx, form) => {
  const wish = readForm(form, requestDeregistration.input);
  const known = await countOpenDuties({ ...ctx, actor: person(ctx.actor) }, wish.accountId);
  await requestDeregistration(ctx, { ...wish, elsewhere: known.elsewhere });
  return here(form);
});

export const confirmAction = formAction(async (ctx, form) => {
  await confirmDeregistration(ctx, readForm(form, confirmDeregistration.input));
  return here(form);
});

export const cancelAction = formAction(async (ctx, form) => {
  await cancelDeregistration(ctx, readForm(form, cancelDeregistration.input));
  return here(form);
});
