import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { contactConfirmations } from "@/db/schema";
import { addContact } from "@/domain/accounts/add-contact";
import { contactToken } from "@/domain/accounts/contact-token";

import { contextOf } from "./people";

/** The query of a link that asks a new contact of the owner's account to confirm. */
export async function givenContactLink(accountId: string): Promise<string> {
  const { id } = await addContact(await contextOf("owner"), {
    accountId,
    kind: "technical",
    // The records are given anew to every worker of Playwright, and an address is added once.
    email: `builds-${randomUUID().slice(0, 8)}@northwind.example`,
    name: "Build desk",
  });
  const [mail] = await db
    .select({ id: contactConfirmations.id })
    .from(contactConfirmations)
    .where(eq(contactConfirmations.contactId, id));
  return mail ? `mail=${mail.id}&token=${contactToken(mail.id)}` : "";
}
