import { and, eq, isNull } from "drizzle-orm";

import { contacts } from "@/db/schema";

import { Conflict } from "../errors";
import { verb } from "../verb";
import { openConfirmation } from "./contact-confirmation";
import { confirmationLink } from "./input";

/**
 * Confirms a contact by the link of its mail, pressed by whoever reads that mailbox. Confirming it
 * twice changes nothing. @throws NotFound (a wrong link), Conflict (expired; removed)
 */
export const verifyContact = verb({
  may: "contact.verify",
  input: confirmationLink,

  async run({ tx, now, record, unchanged }, link) {
    const { contact, state } = await openConfirmation(tx, link, now);
    const { id, accountId, userId, kind } = contact;
    switch (state) {
      case "used":
        return unchanged();
      case "expired":
        throw new Conflict("contacts.errors.expired");
      case "removed":
        throw new Conflict("contacts.errors.removed");
      case "open":
    }
    const verified = await tx
      .update(contacts)
      .set({ verifiedAt: now })
      .where(and(eq(contacts.id, id), isNull(contacts.verifiedAt), isNull(contacts.removedAt)))
      .returning({ id: contacts.id });
    if (verified.length === 0) return unchanged();
    await record("contact.verified", {
      id,
      after: { accountId, userId, contactKind: kind },
    });
  },
});
