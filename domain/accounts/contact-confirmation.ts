import { and, eq, gt } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import { accounts, type Contact, contactConfirmations, contacts, users } from "@/db/schema";
import { inboxOf } from "@/lib/email-address";
import { isSignedByUs } from "@/lib/signing";

import { contactToken } from "./contact-token";
import { Conflict, NotFound } from "../errors";
import { wakeJob } from "../jobs";
import type { RecordedStep } from "../verb";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
export const CONFIRMATION_DAYS = 7;
/** Confirmation mails within a day to one mailbox for one kind of one account, and from one account. */
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

/** What an account had mailed within a day is at most MOST_PER_ACCOUNT rows, so they are counted here. */
async function assertMayMail(
  tx: Tx,
  { accountId, kind, userId }: Pick<Contact, "accountId" | "kind" | "userId">,
  now: Date,
): Promise<void> {
  const mails = await tx
    .select({ email: users.email, kind: contacts.kind, sentAt: contactConfirmations.sentAt })
    .from(contactConfirmations)
    .innerJoin(contacts, eq(contacts.id, contactConfirmations.contactId))
    .innerJoin(users, eq(users.id, contacts.userId))
    .where(
      and(
        eq(contacts.accountId, accountId),
        gt(contactConfirmations.sentAt, new Date(now.getTime() - DAY_MS)),
      ),
    );
  const [to] = await tx.select({ email: users.email }).from(users).where(eq(users.id, userId));
  const inbox = inboxOf(to?.email ?? "");
  const same = mails.filter((mail) => mail.kind === kind && inboxOf(mail.email) === inbox);

  if (same.some(({ sentAt }) => now.getTime() - sentAt.getTime() < MINUTE_MS))
    throw new Conflict("contacts.errors.tooSoon");
  if (same.length >= MOST_PER_ADDRESS)
    throw new Conflict("contacts.errors.tooManyMails", { count: MOST_PER_ADDRESS });
  if (mails.length >= MOST_PER_ACCOUNT)
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
  if (!isSignedByUs(token, (by) => contactToken(confirmationId, by)))
    throw new NotFound("contacts.errors.link");
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
