import { verb } from "../verb";
import { mailConfirmation, openConfirmation } from "./contact-confirmation";
import { confirmationLink } from "./input";
import { lockAccount } from "./lock";

/**
 * Mails a fresh link to the same address, for whoever holds one that has expired. Where the contact
 * is verified or removed there is nothing to do. @throws NotFound (a wrong link), Conflict (too many mails)
 */
export const renewContactConfirmation = verb({
  may: "contact.verify",
  input: confirmationLink,

  async run(step, link) {
    const { tx, now, record, unchanged } = step;
    const { contact } = await openConfirmation(tx, link, now);
    await lockAccount(tx, contact.accountId);
    const { state } = await openConfirmation(tx, link, now);
    if (state !== "expired") return unchanged();

    await mailConfirmation(step, contact);
    const { id, accountId, userId, kind } = contact;
    await record("contact.mailed", {
      id,
      after: { accountId, userId, contactKind: kind },
    });
  },
});
