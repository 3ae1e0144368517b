import { eq } from "drizzle-orm";
import { z } from "zod";

import { contacts } from "@/db/schema";

import { uuid } from "../input";
import { verb } from "../verb";
import { lockOwnContact } from "./own-contact";

/**
 * Ends a contact: from now on it is told of nothing, and its links do nothing any more. Removing it
 * twice is harmless. @throws NotFound, NotAllowed, Conflict
 */
export const removeContact = verb({
  may: "contact.manageOwn",
  input: z.object({ contactId: uuid }),

  async run({ tx, actor, now, record, unchanged }, { contactId }) {
    const { accountId, userId, kind, removedAt } = await lockOwnContact(tx, actor, contactId);
    if (removedAt) return unchanged({ accountId });
    await tx.update(contacts).set({ removedAt: now }).where(eq(contacts.id, contactId));
    await record("contact.removed", {
      id: contactId,
      after: { accountId, userId, contactKind: kind },
    });
    return { accountId };
  },
});
