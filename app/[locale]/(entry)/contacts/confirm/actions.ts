"use server";

import { renewContactConfirmation } from "@/domain/accounts/renew-contact-confirmation";
import { verifyContact } from "@/domain/accounts/verify-contact";
import { publicAction } from "@/server/action";
import { readText } from "@/server/read-form";

/** The page, shown anew, says that it is confirmed. */
export const confirmContactAction = publicAction(async (ctx, form) => {
  await verifyContact(ctx, linkOf(form));
});

export const renewConfirmationAction = publicAction(async (ctx, form) => {
  await renewContactConfirmation(ctx, linkOf(form));
});

const linkOf = (form: FormData) => ({
  confirmationId: readText(form, "mail"),
  token: readText(form, "token"),
});
