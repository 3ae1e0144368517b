"use server";

import { openTicketLink } from "@/domain/tickets/open-link";
import { at, withLanguage } from "@/lib/addresses";
import { publicAction } from "@/server/action";
import { readLocale, readText } from "@/server/read-form";

/** To what the link leads to, or first through the door that was chosen; the link goes along. */
export const openLinkAction = publicAction(async (ctx, form) => {
  const { asksWho, address } = await openTicketLink(ctx, { link: readText(form, "link") });
  if (!asksWho) return { to: address };
  const door = readText(form, "way") === "developer" ? "/sign-in" : "/sign-in/prove";
  return { to: at(door, { return: withLanguage(readLocale(form), address) }) };
});
