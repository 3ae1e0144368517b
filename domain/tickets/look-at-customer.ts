import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { accounts, apps, contacts, members, requests, ticketLinks, users } from "@/db/schema";
import { maskEmail } from "@/lib/email-address";

import { NotFound } from "../errors";
import { pageInput, uuid } from "../input";
import { readPage, up } from "../page";
import { verb } from "../verb";
import { placesOf } from "./find-customers";
import { someLinks } from "./list-links";

const MOST_LINKS = 20;
const PAGE = 50;

export type CustomerAccount = Awaited<ReturnType<typeof lookAtAccount>>;
export type CustomerPerson = Awaited<ReturnType<typeof lookAtPerson>>;

/**
 * Support looks at an account: who belongs to it, whom it names as contacts, its apps and the links
 * of its tickets. Addresses are shown in part. Every look is on the record. @throws NotFound
 */
export const lookAtAccount = verb({
  may: "ticket.view",
  input: z.object({ accountId: uuid, members: pageInput.page, apps: pageInput.page }),

  async run({ tx, now, record }, { accountId, ...asked }) {
    const [account] = await tx.select().from(accounts).where(eq(accounts.id, accountId));
    if (!account) throw new NotFound("errors.notFound");
    await record("account.looked_up", { id: accountId });
    const tickets = tx
      .select({ number: requests.ticketNumber })
      .from(requests)
      .where(eq(requests.accountId, accountId));
    const people = await membersOf(tx, { accountId, page: asked.members });
    return {
      ...account,
      members: { ...people, rows: people.rows.map(masked) },
      contacts: await contactsOf(tx, accountId),
      apps: await appsOf(tx, { accountId, page: asked.apps }),
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

type Part = { accountId: string; page: string | undefined };

const BY_ROLE = [
  up("number", sql`array_position(array['owner', 'legal', 'member', 'viewer'], ${members.role})`),
  up("text", users.name),
  up("uuid", members.id),
];

const membersOf = (db: Db | Tx, { accountId, page }: Part) =>
  readPage({ keys: BY_ROLE, size: PAGE, page }, (slice) =>
    db
      .select({
        cursor: slice.cursor,
        id: members.id,
        userId: users.id,
        name: users.name,
        email: users.email,
        role: members.role,
      })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(and(eq(members.accountId, accountId), isNull(members.leftAt), slice.beyond))
      .orderBy(slice.order)
      .limit(slice.limit),
  );

const OPEN_FIRST = [up("flag", sql`(${apps.closedAt} is not null)`), up("text", apps.sdkAppId)];

const appsOf = (db: Db | Tx, { accountId, page }: Part) =>
  readPage({ keys: OPEN_FIRST, size: PAGE, page }, (slice) =>
    db
      .select({
        cursor: slice.cursor,
        id: apps.id,
        name: apps.name,
        sdkAppId: apps.sdkAppId,
        closedAt: apps.closedAt,
      })
      .from(apps)
      .where(and(eq(apps.accountId, accountId), slice.beyond))
      .orderBy(slice.order)
      .limit(slice.limit),
  );

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
  return rows.map(masked);
}

const masked = <Row extends { email: string }>(row: Row): Row => ({
  ...row,
  email: maskEmail(row.email),
});
