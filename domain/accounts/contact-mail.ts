import { eq } from "drizzle-orm";
import { z } from "zod";

import { users } from "@/db/schema";

import { contactToken } from "./contact-token";
import { query } from "../query";
import { openConfirmation } from "./contact-confirmation";

/** What a confirmation mail needs; null where there is nothing to confirm any more. */
export const readContactMail = query({
  may: "contact.mail",
  input: z.object({ confirmationId: z.uuid() }),

  async run({ db, now }, { confirmationId }) {
    const token = contactToken(confirmationId);
    const { contact, email, locale, accountName, uin, expiresAt, state } = await openConfirmation(
      db,
      { confirmationId, token },
      now,
    );
    if (state !== "open") return null;
    const [adder] = await db
      .select({ name: users.name })
      .from(users)
      .where(eq(users.id, contact.addedBy));
    return {
      ...{ email, locale, accountName, uin, expiresAt, token },
      kind: contact.kind,
      addedBy: adder?.name ?? "",
    };
  },
});
