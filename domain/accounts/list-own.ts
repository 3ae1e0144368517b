import { and, eq, ilike, inArray, or, sql } from "drizzle-orm";
import { z } from "zod";

import { accounts, apps } from "@/db/schema";
import type { MemberRole } from "@/db/vocabulary/access";

import { person } from "../access/permissions";
import { pageInput, searchText, uuid } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";
import { contactsOf } from "./contacts-of";
import { appsOf } from "./list-apps";
import { invitationsOf } from "./invitations";
import { membersOf, ownersOf } from "./list-members";

/** Few, for each of them is shown with its people and apps. */
const PAGE = 5;
const BY_NAME = [up("text", accounts.name), up("uuid", accounts.id)];

export type OwnAccount = Awaited<ReturnType<typeof listOwnAccounts>>["rows"][number];

/**
 * The reader's own accounts, 5 a page, with the reader's role, the contacts, and a page of the members
 * there now and of the apps in use, for owners also of those closed: the first, or of the account `of` the ones that are asked for.
 */
export const listOwnAccounts = query({
  may: "account.readOwn",
  input: z.object({
    ...pageInput,
    of: z.string().max(100).optional().catch(undefined),
    members: pageInput.page,
    apps: pageInput.page,
    search: searchText,
  }),

  async run({ db, actor, now }, { page, of, ...asked }) {
    const { id: readerId, memberships } = person(actor);
    const roles = new Map(memberships.map(({ accountId, role }) => [accountId, role]));
    const { rows, ...turns } = await readPage({ keys: BY_NAME, size: PAGE, page }, (slice) =>
      db
        .select({ cursor: slice.cursor, id: accounts.id, uin: accounts.uin, name: accounts.name })
        .from(accounts)
        .where(and(inArray(accounts.id, [...roles.keys()]), slice.beyond))
        .orderBy(slice.order)
        .limit(slice.limit),
    );
    const ids = rows.map(({ id }) => id);
    const [contacts, owners] = await Promise.all([contactsOf(db, ids, now), ownersOf(db, ids)]);
    const shown = rows.flatMap(({ id, ...account }) => {
      const role = roles.get(id);
      return role ? { ...account, id, role } : [];
    });
    const described = shown.map(async (account) => {
      const { members, apps, search } = account.id === of ? asked : FIRST;
      const { id: accountId, role } = account;
      const [own, inUse, invitations] = await Promise.all([
        membersOf(db, { accountId, page: members, onlyHere: true }),
        appsOf(db, { accountIds: [accountId], search, page: apps, onlyOpen: role !== "owner" }),
        role === "owner" ? invitationsOf(db, accountId, now) : [],
      ]);
      return {
        ...account,
        members: { ...own, rows: own.rows.map((one) => asShown(one, { readerId, role })) },
        owners: owners.filter((one) => one.accountId === accountId).map(({ name }) => name),
        contacts: contacts.filter((one) => one.accountId === accountId),
        apps: inUse,
        invitations,
        search,
      };
    });
    return { rows: await Promise.all(described), ...turns };
  },
});

/** A member as another one sees them: owners, who answer for who is in the account, see every address. */
function asShown<Row extends { userId: string; email: string; showsAddress: boolean }>(
  { email, showsAddress, ...row }: Row,
  { readerId, role }: { readerId: string; role: MemberRole },
) {
  const isShown = showsAddress || role === "owner" || row.userId === readerId;
  return { ...row, email: isShown ? email : null };
}

const FIRST = { members: undefined, apps: undefined, search: "" };

/** The most accounts to choose from at once. */
const CHOICE = 50;

/** What a reader may name: some of the own accounts, as far as `search` finds them, and a page of their apps in use. */
export const listOwnPlaces = query({
  may: "account.readOwn",
  input: z.object({ accountIds: z.array(uuid), search: searchText, ...pageInput }),

  async run({ db, actor }, { accountIds, search, page }) {
    const { memberships } = person(actor);
    const ids = accountIds.filter((id) => memberships.some(({ accountId }) => accountId === id));
    const found = await appsOf(db, { accountIds: ids, search, page, onlyOpen: true });
    const named = found.rows.map(({ accountId }) => accountId);
    const literal = search.replaceAll(/[\\%_]/g, "\\$&");
    const isFound = or(
      inArray(accounts.id, named),
      ilike(accounts.name, `%${literal}%`),
      ilike(accounts.uin, `${literal}%`),
    );
    const own = await readPage({ keys: BY_NAME, size: CHOICE, page: undefined }, (slice) =>
      db
        .select({ cursor: slice.cursor, id: accounts.id, uin: accounts.uin, name: accounts.name })
        .from(accounts)
        .where(and(inArray(accounts.id, ids), isFound))
        .orderBy(slice.order)
        .limit(slice.limit),
    );
    return { accounts: own.rows, hasMore: own.next !== null, apps: found };
  },
});

/** An account of the reader's and one of its apps; null for what is not theirs. */
export const findOwnPlace = query({
  may: "account.readOwn",
  input: z.object({ accountId: z.string(), appId: z.string().default("") }),

  async run({ db, actor }, { accountId, appId }) {
    if (!person(actor).memberships.some((one) => one.accountId === accountId)) return null;
    const isNamed = appId ? eq(apps.id, appId) : sql`false`;
    const [place] = await db
      .select({ account: accounts, app: apps })
      .from(accounts)
      .leftJoin(apps, and(eq(apps.accountId, accounts.id), isNamed))
      .where(eq(accounts.id, accountId));
    return place ?? null;
  },
});
