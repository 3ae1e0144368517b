"use server";

import { addContact } from "@/domain/accounts/add-contact";
import { checkContacts } from "@/domain/accounts/check-contacts";
import { removeContact } from "@/domain/accounts/remove-contact";
import { resendContactConfirmation } from "@/domain/accounts/resend-contact-confirmation";
import { setRehearsals } from "@/domain/accounts/set-rehearsals";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { readForm } from "@/server/read-form";

export const addContactAction = formAction(async (ctx, form) => {
  const contact = readForm(form, addContact.input);
  await addContact(ctx, contact);
  return { to: at("/account/contacts", { account: contact.accountId, saved: "added" }) };
});

export const resendContactAction = formAction(async (ctx, form) => {
  const wish = readForm(form, resendContactConfirmation.input);
  const { accountId } = await resendContactConfirmation(ctx, wish);
  return { to: at("/account/contacts", { account: accountId, saved: "resent" }) };
});

export const removeContactAction = formAction(async (ctx, form) => {
  const { accountId } = await removeContact(ctx, readForm(form, removeContact.input));
  return { to: at("/account/contacts", { account: accountId, saved: "removed" }) };
});

export const checkContactsAction = formAction(async (ctx, form) => {
  const { accountId } = readForm(form, checkContacts.input);
  await checkContacts(ctx, { accountId });
  return { to: at("/account/contacts", { account: accountId, saved: "checked" }) };
});

export const setRehearsalsAction = formAction(async (ctx, form) => {
  const wish = readForm(form, setRehearsals.input);
  await setRehearsals(ctx, wish);
  return { to: at("/account/contacts", { account: wish.accountId, saved: "rehearsals" }) };
});
