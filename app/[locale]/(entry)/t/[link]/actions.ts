"use server";

import { openTicketLink } from "@/domain/tickets/open-link";
import { publicAction } from "@/server/action";
import { readLocale, readText } from "@/server/read-form";

/** To the notice, or to the wizard through the door that was chosen; the link goes along. */
export const openLinkAction = publicAction(async (ctx, form) => {
  const { purpose, path } = await openTicketLink(ctx, { link: readText(form, "link") });
  const target = `/${readLocale(form)}${path}`;
  if (purpose === "read_notice" || ctx.actor.kind === "person") return { to: target };
  const door = readText(form, "way") === "developer" ? "sign-in" : "sign-in/prove";
  return { to: `/${readLocale(form)}/${door}?return=${encodeURIComponent(target)}` };
});
