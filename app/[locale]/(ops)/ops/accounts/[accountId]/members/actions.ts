"use server";

import { changeAddress } from "@/domain/accounts/change-address";
import { removeMember } from "@/domain/accounts/remove-member";
import { saveMember } from "@/domain/accounts/save-member";
import { readMember } from "@/server/account-form";
import { formAction } from "@/server/action";
import { readLocale, readText } from "@/server/form-fields";

export const saveMemberAction = formAction(async (ctx, form) => {
  const member = readMember(form);
  await saveMember(ctx, member);
  return { to: `/${readLocale(form)}/ops/accounts/${member.accountId}?saved=member` };
});

export const removeMemberAction = formAction(async (ctx, form) => {
  const { accountId } = await removeMember(ctx, { memberId: readText(form, "memberId") });
  return { to: `/${readLocale(form)}/ops/accounts/${accountId}?saved=memberRemoved` };
});

export const changeAddressAction = formAction(async (ctx, form) => {
  const wish = { memberId: readText(form, "memberId"), email: readText(form, "email") };
  const { accountId } = await changeAddress(ctx, wish);
  return { to: `/${readLocale(form)}/ops/accounts/${accountId}?saved=memberAddress` };
});
