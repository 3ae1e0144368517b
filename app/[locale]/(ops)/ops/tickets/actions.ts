"use server";

import { revokeTicketLink } from "@/domain/tickets/revoke-link";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const revokeLinkAction = formAction(async (ctx, form) => {
  await revokeTicketLink(ctx, readForm(form, revokeTicketLink.input));
  return { messageKey: "tickets.browser.linkRevoked" };
});
