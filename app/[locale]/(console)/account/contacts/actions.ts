"use server";

import { addContact } from "@/domain/accounts/add-contact";
import { removeContact } from "@/domain/accounts/remove-contact";
import { resendContactConfirmation } from "@/domain/accounts/resend-contact-confirmation";
import { formAction } from "@/server/action";
import { readChoice, readLocale, readText } from "@/server/form-fields";

export const addContactAction = formAction(async (ctx, form) => {
  const accountId = readText(form, "accountId");
  await addContact(ctx, {
    accountId,
    kind: readChoice(form, "kind"),
    email: readText(form, "email"),
    name: readText(form, "name"),
    ...(form.has("mailLocale") && { locale: readChoice(form, "mailLocale") }),
  });
  return { to: listOf(form, { accountId, saved: "added" }) };
});

export const resendContactAction = formAction(async (ctx, form) => {
  const contactId = readText(form, "contactId");
  const { accountId } = await resendContactConfirmation(ctx, { contactId });
  return { to: listOf(form, { accountId, saved: "resent" }) };
});

export const removeContactAction = formAction(async (ctx, form) => {
  const { accountId } = await removeContact(ctx, { contactId: readText(form, "contactId") });
  return { to: listOf(form, { accountId, saved: "removed" }) };
});

const listOf = (form: FormData, { accountId, saved }: { accountId: string; saved: string }) =>
  `/${readLocale(form)}/account/contacts?account=${accountId}&saved=${saved}`;
