"use server";

import { addContact } from "@/domain/accounts/add-contact";
import { removeContact } from "@/domain/accounts/remove-contact";
import { resendContactConfirmation } from "@/domain/accounts/resend-contact-confirmation";
import { formAction } from "@/server/action";
import { readForm, readLocale } from "@/server/read-form";

export const addContactAction = formAction(async (ctx, form) => {
  // Their own language, which this form does not ask for.
  const contact = readForm(form, addContact.input.omit({ locale: true }));
  await addContact(ctx, contact);
  return { to: listOf(form, { accountId: contact.accountId, saved: "added" }) };
});

export const resendContactAction = formAction(async (ctx, form) => {
  const wish = readForm(form, resendContactConfirmation.input);
  const { accountId } = await resendContactConfirmation(ctx, wish);
  return { to: listOf(form, { accountId, saved: "resent" }) };
});

export const removeContactAction = formAction(async (ctx, form) => {
  const { accountId } = await removeContact(ctx, readForm(form, removeContact.input));
  return { to: listOf(form, { accountId, saved: "removed" }) };
});

const listOf = (form: FormData, { accountId, saved }: { accountId: string; saved: string }) =>
  `/${readLocale(form)}/account/contacts?account=${accountId}&saved=${saved}`;
