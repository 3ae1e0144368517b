import { maskEmail } from "@/lib/email-address";

import { query } from "../query";
import { openConfirmation } from "./contact-confirmation";
import { confirmationLink } from "./input";

export type ContactConfirmation = Awaited<ReturnType<typeof findContactConfirmation>>;

/**
 * What the page behind a confirmation mail's link shows to its holder. Reading it uses nothing up.
 * @throws NotFound for a wrong link
 */
export const findContactConfirmation = query({
  may: "contact.verify",
  input: confirmationLink,

  async run({ db, now }, link) {
    const { contact, email, accountName, uin, expiresAt, state } = await openConfirmation(
      db,
      link,
      now,
    );
    return {
      ...{ kind: contact.kind, accountName, uin, expiresAt, state },
      maskedEmail: maskEmail(email),
      verifiedAt: contact.verifiedAt,
    };
  },
});
