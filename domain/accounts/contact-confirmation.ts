import { and, count, eq, gt, max } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import { accounts, type Contact, contactConfirmations, contacts, users } from "@/db/schema";
import { contactToken } from "@/lib/contact-token";
import { sameSecret } from "@/lib/sign-in-secrets";

import { Conflict, NotFound } from "../errors";
import { wakeJob } from "../jobs";
import type { RecordedStep } from "../verb";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Days for which the link of a confirmation mail works. */
export const CONFIRMATION_DAYS = 7;
/** Confirmation mails within a day to one address for one kind of one account, and from one account. */
const MOST_PER_ADDRESS = 5;
const MOST_PER_ACCOUNT = 50;

/**
 * Has a confirmation mailed to a contact, after the commit. The caller holds the account's lock, so
 * that mails are counted one after another; an address that is removed and added again is the same.
 * @throws Conflict when one left less than a minute ago, or too many within a day
 */
export async function mailConfirmation(
  { tx, now }: RecordedStep,
  contact: Pick<Contact, "id" | "accountId" | "kind" | "userId">,
): Promise<void> {
  await assertMayMail(tx, contact, now);
  const expiresAt = new Date(now.getTime() + CONFIRMATION_DAYS * DAY_MS);
  const [mail] = await tx
    .insert(contactConfirmations)
    .values({ contactId: contact.id, sentAt: now, expiresAt })
    .returning({ id: contactConfirmations.id });
  if (!mail) throw new Error("the confirmation was not written");
  await wakeJob(tx, "mail-contact", { payload: { confirmationId: mail.id } });
}

async function assertMayMail(
  tx: Tx,
  { accountId, kind, userId }: Pick<Contact, "accountId" | "kind" | "userId">,
  now: Date,
): Promise<void> {
  const isRecent = gt(contactConfirmations.sentAt, new Date(now.getTime() - DAY_MS));
  const sent = (...conditions: Parameters<typeof and>) =>
    tx
      .select({ n: count(), last: max(contactConfirmations.sentAt) })
      .from(contactConfirmations)
      .innerJoin(contacts, eq(contacts.id, contactConfirmations.contactId))
      .where(and(eq(contacts.accountId, accountId), isRecent, ...conditions));
  const [toAddress] = await sent(eq(contacts.userId, userId), eq(contacts.kind, kind));
  const [fromAccount] = await sent();

  if (toAddress?.last && now.getTime() - toAddress.last.getTime() < MINUTE_MS)
    throw new Conflict("contacts.errors.tooSoon");
  if ((toAddress?.n ?? 0) >= MOST_PER_ADDRESS)
    throw new Conflict("contacts.errors.tooManyMails", { count: MOST_PER_ADDRESS });
  if ((fromAccount?.n ?? 0) >= MOST_PER_ACCOUNT)
    throw new Conflict("contacts.errors.tooManyFromAccount", { count: MOST_PER_ACCOUNT });
}

/** What a link of a confirmation mail may still do. `used`: the contact is verified, by this link or another. */
export type ConfirmationState = "open" | "used" | "expired" | "removed";

/**
 * The contact that a link stands for, told to nobody without its token. The state is that of `now`.
 * @throws NotFound for a wrong token as for an unknown id
 */
export async function openConfirmation(
  db: Db | Tx,
  { confirmationId, token }: { confirmationId: string; token: string },
  now: Date,
) {
  if (!sameSecret(token, contactToken(confirmationId))) throw new NotFound("contacts.errors.link");
  const [found] = await db
    .select({
      contact: contacts,
      email: users.email,
      locale: users.locale,
      accountName: accounts.name,
      uin: accounts.uin,
      closedAt: accounts.closedAt,
      expiresAt: contactConfirmations.expiresAt,
    })
    .from(contactConfirmations)
    .innerJoin(contacts, eq(contacts.id, contactConfirmations.contactId))
    .innerJoin(accounts, eq(accounts.id, contacts.accountId))
    .innerJoin(users, eq(users.id, contacts.userId))
    .where(eq(contactConfirmations.id, confirmationId));
  if (!found) throw new NotFound("contacts.errors.link");
  return { ...found, state: stateOf(found, now) };
}

type Found = { contact: Contact; closedAt: Date | null; expiresAt: Date };

function stateOf({ contact, closedAt, expiresAt }: Found, now: Date): ConfirmationState {
  if (contact.removedAt || closedAt) return "removed";
  if (contact.verifiedAt) return "used";
  return expiresAt <= now ? "expired" : "open";
}
