"use server";

import {
  handOverOwnership,
  inviteMember,
  resendInvitation,
  withdrawInvitation,
} from "@/domain/accounts/invitations";
import { changeOwnMember, removeOwnMember } from "@/domain/accounts/own-members";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const changeOwnMemberAction = formAction(async (ctx, form) => {
  await changeOwnMember(ctx, readForm(form, changeOwnMember.input));
  return { to: at("/account", { saved: "member" }) };
});

export const handOverAction = formAction(async (ctx, form) => {
  await handOverOwnership(ctx, readForm(form, handOverOwnership.input));
  return { to: at("/account", { saved: "handedOver" }) };
});

export const removeOwnMemberAction = formAction(async (ctx, form) => {
  await removeOwnMember(ctx, readForm(form, removeOwnMember.input));
  return { to: at("/account", { saved: "memberRemoved" }) };
});

export const inviteMemberAction = formAction(async (ctx, form) => {
  await inviteMember(ctx, readForm(form, inviteMember.input));
  return { to: at("/account", { saved: "invited" }) };
});

export const resendInvitationAction = formAction(async (ctx, form) => {
  await resendInvitation(ctx, readForm(form, resendInvitation.input));
  return { to: at("/account", { saved: "invited" }) };
});

export const withdrawInvitationAction = formAction(async (ctx, form) => {
  await withdrawInvitation(ctx, readForm(form, withdrawInvitation.input));
  return { to: at("/account", { saved: "invitationWithdrawn" }) };
});
