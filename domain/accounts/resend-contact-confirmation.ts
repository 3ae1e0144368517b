import { z } from "zod";

import { Conflict } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { mailConfirmation } from "./contact-confirmation";
import { lockOwnContact } from "./own-contact";

/**
 * Asks a contact by mail once more to confirm the address. Mails sent before keep working until
 * their own end. @throws Conflict (verified or removed meanwhile; too many mails), NotFound, NotAllowed
 */
export const resendContactConfirmation = verb({
  may: "contact.manageOwn",
  input: z.object({ contactId: uuid }),

  async run(step, { contactId }) {
    const contact = await lockOwnContact(step.tx, step.actor, contactId);
    if (contact.removedAt) throw new Conflict("contacts.errors.removed");
    if (contact.verifiedAt) throw new Conflict("contacts.errors.verified");

    await mailConfirmation(step, contact);
    const { accountId, userId, kind } = contact;
    await step.record("contact.mailed", {
      id: contactId,
      after: { accountId, userId, contactKind: kind },
    });
    return { accountId };
  },
});
