import { and, asc, eq, inArray, isNull, max, sql } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import { contactConfirmations, contacts, suppressions, users } from "@/db/schema";

export type AccountContact = Awaited<ReturnType<typeof contactsOf>>[number];

/** The contacts of some accounts as they are now, verified ones first; removed ones are not among them. */
export async function contactsOf(db: Db | Tx, accountIds: readonly string[], now: Date) {
  const mails = db
    .select({
      contactId: contactConfirmations.contactId,
      sentAt: max(contactConfirmations.sentAt).as("sent_at"),
      expiresAt: max(contactConfirmations.expiresAt).as("expires_at"),
    })
    .from(contactConfirmations)
    .groupBy(contactConfirmations.contactId)
    .as("mails");
  const rows = await db
    .select({
      id: contacts.id,
      accountId: contacts.accountId,
      kind: contacts.kind,
      name: contacts.name,
      email: users.email,
      addedAt: contacts.addedAt,
      verifiedAt: contacts.verifiedAt,
      /** When the newest confirmation mail was asked for. */
      sentAt: mails.sentAt,
      expiresAt: mails.expiresAt,
      /** Why no mail goes to the address any more; null where mails go. */
      suppressed: suppressions.reason,
    })
    .from(contacts)
    .innerJoin(users, eq(users.id, contacts.userId))
    .leftJoin(mails, eq(mails.contactId, contacts.id))
    .leftJoin(suppressions, eq(suppressions.address, users.email))
    .where(and(inArray(contacts.accountId, [...accountIds]), isNull(contacts.removedAt)))
    .orderBy(
      sql`${contacts.verifiedAt} is null`,
      asc(contacts.addedAt),
      asc(contacts.name),
      asc(contacts.id),
    );
  return rows.map(({ expiresAt, ...row }) => ({
    ...row,
    /** Whether no link works any more that could confirm it. */
    isExpired: !row.verifiedAt && (expiresAt === null || expiresAt <= now),
  }));
}
