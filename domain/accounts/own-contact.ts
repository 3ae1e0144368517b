import { eq } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { type Contact, contacts } from "@/db/schema";
import { BINDING_ROLES } from "@/db/vocabulary/access";

import { membershipIn } from "../access/permissions";
import type { Actor } from "../context";
import { NotFound } from "../errors";
import { lockAccount } from "./lock";

/**
 * A contact of the actor's own account, to be changed: read under the account's lock.
 * @throws NotFound, also for somebody else's; NotAllowed for who may not bind the account; Conflict
 */
export async function lockOwnContact(tx: Tx, actor: Actor, contactId: string): Promise<Contact> {
  const [seen] = await tx.select().from(contacts).where(eq(contacts.id, contactId));
  if (!seen) throw new NotFound("errors.notFound");
  membershipIn(actor, seen.accountId, BINDING_ROLES);
  await lockAccount(tx, seen.accountId);
  const [contact] = await tx.select().from(contacts).where(eq(contacts.id, contactId));
  return contact ?? seen;
}
