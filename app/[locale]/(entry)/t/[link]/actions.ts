"use server";

import { openTicketLink } from "@/domain/tickets/open-link";
import { at, withLanguage } from "@/lib/addresses";
import { publicAction } from "@/server/action";
import { readLocale, readText } from "@/server/read-form";

/** To the notice, or to the wizard through the door that was chosen; the link goes along. */
export const openLinkAction = publicAction(async (ctx, form) => {
  const { purpose, address } = await openTicketLink(ctx, { link: readText(form, "link") });
  if (purpose === "read_notice" || ctx.actor.kind === "person") return { to: address };
  const door = readText(form, "way") === "developer" ? "/sign-in" : "/sign-in/prove";
  return { to: at(door, { return: withLanguage(readLocale(form), address) }) };
});
