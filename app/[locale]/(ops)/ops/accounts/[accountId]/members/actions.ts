"use server";

import { changeAddress } from "@/domain/accounts/change-address";
import { removeMember } from "@/domain/accounts/remove-member";
import { saveMember } from "@/domain/accounts/save-member";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const saveMemberAction = formAction(async (ctx, form) => {
  const member = readForm(form, saveMember.input);
  await saveMember(ctx, member);
  return { to: at("/ops/accounts/*", member.accountId, { saved: "member" }) };
});

export const removeMemberAction = formAction(async (ctx, form) => {
  const { accountId } = await removeMember(ctx, readForm(form, removeMember.input));
  return { to: at("/ops/accounts/*", accountId, { saved: "memberRemoved" }) };
});

export const changeAddressAction = formAction(async (ctx, form) => {
  const { accountId } = await changeAddress(ctx, readForm(form, changeAddress.input));
  return { to: at("/ops/accounts/*", accountId, { saved: "memberAddress" }) };
});
