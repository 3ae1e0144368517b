"use server";

import { cancelDeregistration } from "@/domain/deregistrations/cancel";
import { confirmDeregistration } from "@/domain/deregistrations/confirm";
import { requestDeregistration } from "@/domain/deregistrations/request";
import { person } from "@/domain/access/permissions";
import { formAction } from "@/server/action";
import { readBox, readLocale, readText } from "@/server/form-fields";

import { countOpenDuties } from "./open-duties";

/** Back to the page's top, which says how it stands now. */
const here = (form: FormData) => ({
  to: `/${readLocale(form)}/account/deregistration?account=${encodeURIComponent(readText(form, "accountId"))}`,
});

export const askAction = formAction(async (ctx, form) => {
  const accountId = readText(form, "accountId");
  await requestDeregistration(ctx, {
    accountId,
    typedName: readText(form, "typedName"),
    isSettled: readBox(form, "isSettled"),
    elsewhere: await countOpenDuties({ ...ctx, actor: person(ctx.actor) }, accountId),
  });
  return here(form);
});

export const confirmAction = formAction(async (ctx, form) => {
  await confirmDeregistration(ctx, { id: readText(form, "id") });
  return here(form);
});

export const cancelAction = formAction(async (ctx, form) => {
  await cancelDeregistration(ctx, { id: readText(form, "id") });
  return here(form);
});
