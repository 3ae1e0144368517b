import { desc, eq } from "drizzle-orm";

import { db } from "@/db/client";
import { contactConfirmations } from "@/db/schema";
import { addContact } from "@/domain/accounts/add-contact";
import { listOwnContacts } from "@/domain/accounts/list-contacts";
import { ANONYMOUS, type Context, type Person } from "@/domain/context";
import { contactToken } from "@/domain/accounts/contact-token";

import { acting, beijing } from "./context";
import { givenAccount, givenMember } from "./people";

/** When contacts are added and read, unless a test says otherwise; Beijing's clock. */
export const CONTACT_NOON = "2026-03-02 12:00";

/** An account with an owner, who adds a security contact by `add` and reads them all by `list`. */
export async function givenContactHouse() {
  const account = await givenAccount({ name: "星澜科技" });
  const owner = await givenMember(account.id, "owner");
  const email = `security-${crypto.randomUUID()}@xinglan.example`;
  const add = (
    values: Partial<Parameters<typeof addContact>[1]> = {},
    { by = owner, at = CONTACT_NOON }: { by?: Person; at?: string } = {},
  ) =>
    addContact(acting(by, at), {
      accountId: account.id,
      kind: "security",
      email,
      name: "安全值班",
      ...values,
    });
  const list = async (by = owner, at = CONTACT_NOON) =>
    (await listOwnContacts(acting(by, at), { accountId: account.id })).contacts;
  return { account, owner, email, add, list };
}

/** Whoever follows a link, signed in or not. */
export const anybody = (at: string): Context => ({ actor: ANONYMOUS, now: beijing(at) });

/** The two parts of the newest link mailed to a contact. */
export async function linkTo(contactId: string) {
  const [mail] = await db
    .select()
    .from(contactConfirmations)
    .where(eq(contactConfirmations.contactId, contactId))
    .orderBy(desc(contactConfirmations.sentAt));
  return { confirmationId: mail!.id, token: contactToken(mail!.id) };
}
