import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { accounts, apps, contacts, members, requests, ticketLinks, users } from "@/db/schema";
import { maskEmail } from "@/lib/email-address";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { placesOf } from "./find-customers";
import { someLinks } from "./list-links";

const MOST_LINKS = 20;

export type CustomerAccount = Awaited<ReturnType<typeof lookAtAccount>>;
export type CustomerPerson = Awaited<ReturnType<typeof lookAtPerson>>;

/**
 * Support looks at an account: who belongs to it, whom it names as contacts, its apps and the links
 * of its tickets. Addresses are shown in part. Every look is on the record. @throws NotFound
 */
export const lookAtAccount = verb({
  may: "ticket.view",
  input: z.object({ accountId: uuid }),

  async run({ tx, now, record }, { accountId }) {
    const [account] = await tx.select().from(accounts).where(eq(accounts.id, accountId));
    if (!account) throw new NotFound("errors.notFound");
    await record("account.looked_up", { id: accountId });
    const tickets = tx
      .select({ number: requests.ticketNumber })
      .from(requests)
      .where(eq(requests.accountId, accountId));
    return {
      ...account,
      members: await membersOf(tx, accountId),
      contacts: await contactsOf(tx, accountId),
      apps: await appsOf(tx, accountId),
      links: await someLinks(tx, {
        now,
        where: inArray(ticketLinks.ticketNumber, tickets),
        most: MOST_LINKS,
      }),
    };
  },
});

/** Support looks at a person, of an account or of none. On the record too. @throws NotFound */
export const lookAtPerson = verb({
  may: "ticket.view",
  input: z.object({ userId: uuid }),

  async run({ tx, now, record }, { userId }) {
    const [person] = await tx
      .select({ id: users.id, name: users.name, email: users.email, createdAt: users.createdAt })
      .from(users)
      .where(eq(users.id, userId));
    if (!person) throw new NotFound("errors.notFound");
    await record("person.looked_up", { id: userId });
    const tickets = tx
      .select({ number: requests.ticketNumber })
      .from(requests)
      .where(eq(requests.requesterId, userId));
    return {
      ...person,
      email: maskEmail(person.email),
      accounts: await placesOf(tx, [userId]),
      links: await someLinks(tx, {
        now,
        where: inArray(ticketLinks.ticketNumber, tickets),
        most: MOST_LINKS,
      }),
    };
  },
});

async function membersOf(db: Db | Tx, accountId: string) {
  const rows = await db
    .select({
      id: members.id,
      userId: users.id,
      name: users.name,
      email: users.email,
      role: members.role,
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.accountId, accountId), isNull(members.leftAt)))
    .orderBy(
      sql`array_position(array['owner', 'legal', 'member', 'viewer'], ${members.role})`,
      asc(users.name),
    );
  return rows.map((row) => ({ ...row, email: maskEmail(row.email) }));
}

async function contactsOf(db: Db | Tx, accountId: string) {
  const rows = await db
    .select({
      id: contacts.id,
      userId: users.id,
      kind: contacts.kind,
      name: users.name,
      email: users.email,
      verifiedAt: contacts.verifiedAt,
    })
    .from(contacts)
    .innerJoin(users, eq(users.id, contacts.userId))
    .where(and(eq(contacts.accountId, accountId), isNull(contacts.removedAt)))
    .orderBy(asc(contacts.kind), asc(users.name));
  return rows.map((row) => ({ ...row, email: maskEmail(row.email) }));
}

const appsOf = (db: Db | Tx, accountId: string) =>
  db
    .select({ id: apps.id, name: apps.name, sdkAppId: apps.sdkAppId, closedAt: apps.closedAt })
    .from(apps)
    .where(eq(apps.accountId, accountId))
    .orderBy(sql`${apps.closedAt} is not null`, asc(apps.sdkAppId));
