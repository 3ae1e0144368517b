"use server";

import { acceptInvitation, declineInvitation } from "@/domain/accounts/answer-invitation";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const acceptInvitationAction = formAction(async (ctx, form) => {
  const { tookOver } = await acceptInvitation(ctx, readForm(form, acceptInvitation.input));
  return { to: at("/account", { saved: tookOver ? "tookOver" : "joined" }) };
});

export const declineInvitationAction = formAction(async (ctx, form) => {
  await declineInvitation(ctx, readForm(form, declineInvitation.input));
  return { to: at("/invitations", { done: "declined" }) };
});
