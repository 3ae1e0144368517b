"use server";

import { changeStaffRoles } from "@/domain/staff/change-roles";
import { confirmAdmin, dropAdminProposal } from "@/domain/staff/decide-admin";
import { inviteStaff } from "@/domain/staff/invite-staff";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const inviteStaffAction = formAction(async (ctx, form) => {
  const { isProposed } = await inviteStaff(ctx, readForm(form, inviteStaff.input));
  return { to: at("/ops/staff", { saved: isProposed ? "proposed" : "invited" }) };
});

export const changeStaffRolesAction = formAction(async (ctx, form) => {
  const wish = readForm(form, changeStaffRoles.input);
  const { isProposed } = await changeStaffRoles(ctx, wish);
  const changed = wish.roles.length > 0 ? "changed" : "ended";
  return { to: at("/ops/staff", { saved: isProposed ? "proposed" : changed }) };
});

export const confirmAdminAction = formAction(async (ctx, form) => {
  await confirmAdmin(ctx, readForm(form, confirmAdmin.input));
  return { to: at("/ops/staff", { saved: "confirmed" }) };
});

export const dropAdminProposalAction = formAction(async (ctx, form) => {
  await dropAdminProposal(ctx, readForm(form, dropAdminProposal.input));
  return { to: at("/ops/staff", { saved: "dropped" }) };
});
