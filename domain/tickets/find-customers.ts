import { and, asc, eq, ilike, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { accounts, contacts, members, requests, ticketLinks, users } from "@/db/schema";
import { maskEmail, normaliseEmail } from "@/lib/email-address";

import { pageInput } from "../input";
import { readPage, up } from "../page";
import { verb } from "../verb";
import { someLinks } from "./list-links";

const PAGE = 20;
/** Links of one ticket that are shown; there are rarely more than two or three. */
const MOST_LINKS = 20;

export type FoundCustomers = Awaited<ReturnType<typeof findCustomers>>;
export type FoundPerson = FoundCustomers["people"][number];

/**
 * Finds customers by the UIN, a part of the name or an SDKAppID of an account, by a whole mail
 * address, a ticket's number or a request's number. Who searched, and what was found, is on the
 * record; what was typed is not, for it may be an address.
 */
export const findCustomers = verb({
  may: "ticket.view",
  input: z.object({
    wanted: z
      .string()
      .transform((typed) =>
        typed.replaceAll("\u0000", "").toWellFormed().normalize("NFKC").trim().slice(0, 200),
      ),
    ...pageInput,
  }),

  async run({ tx, actor, now, record }, { wanted, page }) {
    const email = normaliseEmail(wanted);
    const people = await peopleFor(tx, email ? { email } : { wanted });
    const found = await accountsFor(tx, {
      condition: or(
        email ? undefined : matching(wanted),
        inArray(
          accounts.id,
          people.flatMap((one) => one.accountIds),
        ),
        requestAccounts(wanted),
      ),
      page,
    });
    const links = await someLinks(tx, {
      now,
      where: eq(ticketLinks.ticketNumber, wanted),
      most: MOST_LINKS,
    });
    await record("support.searched", {
      id: actor.id,
      after: {
        by: email ? "email" : "text",
        people: found.rows.length + people.length + links.length,
        accountIds: found.rows.map(({ id }) => id),
        personIds: people.map(({ id }) => id),
        linkIds: links.map(({ id }) => id),
      },
    });
    return { accounts: found, people, links };
  },
});

/** The account's own traits; nothing wanted is nothing found. */
function matching(wanted: string): SQL | undefined {
  if (wanted === "") return sql`false`;
  const literal = wanted.replaceAll(/[\\%_]/g, "\\$&");
  return or(
    ilike(accounts.name, `%${literal}%`),
    ilike(accounts.uin, `${literal}%`),
    sql`exists (select 1 from apps p where p.account_id = accounts.id and p.sdk_app_id = ${wanted})`,
  );
}

/** The account of a developer's request that has this number or belongs to this ticket. */
const requestAccounts = (wanted: string): SQL =>
  sql`exists (select 1 from requests q where q.account_id = accounts.id and (q.number = ${wanted} or q.ticket_number = ${wanted}))`;

type Slice = { condition: SQL | undefined; page: string | undefined };

async function accountsFor(db: Db | Tx, { condition, page }: Slice) {
  return readPage({ keys: [up("text", accounts.uin)], size: PAGE, page }, (slice) =>
    db
      .select({
        cursor: slice.cursor,
        id: accounts.id,
        uin: accounts.uin,
        name: accounts.name,
        closedAt: accounts.closedAt,
        apps: sql<number>`(select count(*)::int from apps p where p.account_id = accounts.id and p.closed_at is null)`,
      })
      .from(accounts)
      .where(and(condition, slice.beyond))
      .orderBy(slice.order)
      .limit(slice.limit),
  );
}

/** The person of an address; or who filed the request that has this number or belongs to this ticket. */
async function peopleFor(db: Db | Tx, by: { email: string } | { wanted: string }) {
  const filed = (wanted: string) =>
    db
      .select({ id: requests.requesterId })
      .from(requests)
      .where(or(eq(requests.number, wanted), eq(requests.ticketNumber, wanted)));
  const rows = await db
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where("email" in by ? eq(users.email, by.email) : inArray(users.id, filed(by.wanted)))
    .orderBy(asc(users.name), asc(users.id))
    .limit(PAGE);
  const places = await placesOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map(({ email, ...row }) => {
    const own = places.filter(({ userId }) => userId === row.id);
    return {
      ...row,
      email: maskEmail(email),
      accountIds: own.map(({ id }) => id),
      accountNames: own.map(({ name }) => name),
    };
  });
}

export async function placesOf(db: Db | Tx, userIds: string[]) {
  const columns = { id: accounts.id, name: accounts.name, uin: accounts.uin };
  const asMembers = await db
    .select({ ...columns, userId: members.userId })
    .from(members)
    .innerJoin(accounts, eq(accounts.id, members.accountId))
    .where(and(inArray(members.userId, userIds), isNull(members.leftAt)));
  const asContacts = await db
    .select({ ...columns, userId: contacts.userId })
    .from(contacts)
    .innerJoin(accounts, eq(accounts.id, contacts.accountId))
    .where(and(inArray(contacts.userId, userIds), isNull(contacts.removedAt)));
  const all = new Map(
    [...asMembers, ...asContacts].map((place) => [`${place.userId} ${place.id}`, place]),
  );
  return [...all.values()];
}
