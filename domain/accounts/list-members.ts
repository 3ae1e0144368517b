import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { accounts, members, users } from "@/db/schema";

import { NotFound } from "../errors";
import { pageInput, uuid } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";

const PAGE = 50;

/** Who is here before who left, by role, then by name. */
const ORDER = [
  up("flag", sql`(${members.leftAt} is not null)`),
  up("number", sql`array_position(array['owner', 'legal', 'member', 'viewer'], ${members.role})`),
  up("text", users.name),
  up("uuid", members.id),
];

const COLUMNS = {
  id: members.id,
  accountId: members.accountId,
  userId: members.userId,
  name: users.name,
  email: users.email,
  showsAddress: users.showsAddress,
  locale: users.locale,
  role: members.role,
  joinedAt: members.joinedAt,
  leftAt: members.leftAt,
};

export type AccountMember = Awaited<ReturnType<typeof findMember>>["member"];

type Wanted = { accountId: string; page: string | undefined; onlyHere?: boolean };

/** A page of the members of an account. */
export const membersOf = (db: Db | Tx, { accountId, page, onlyHere = false }: Wanted) =>
  readPage({ keys: ORDER, size: PAGE, page }, (slice) =>
    db
      .select({ ...COLUMNS, cursor: slice.cursor })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(
        and(
          eq(members.accountId, accountId),
          onlyHere ? isNull(members.leftAt) : undefined,
          slice.beyond,
        ),
      )
      .orderBy(slice.order)
      .limit(slice.limit),
  );

/** The members of an account, 50 a page, also those who left, each marked by that moment. */
export const listMembers = query({
  may: "account.read",
  input: z.object({ accountId: uuid, ...pageInput }),
  run: ({ db }, { accountId, page }) => membersOf(db, { accountId, page }),
});

/** A member with the account, and whether nobody else owns it. @throws NotFound */
export const findMember = query({
  may: "account.read",
  input: z.object({ accountId: uuid, memberId: uuid }),

  async run({ db }, { accountId, memberId }) {
    const [found] = await db
      .select({ account: accounts, member: COLUMNS })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .innerJoin(accounts, eq(accounts.id, members.accountId))
      .where(and(eq(members.id, memberId), eq(members.accountId, accountId)));
    if (!found) throw new NotFound("errors.notFound");
    const isOwner = found.member.role === "owner" && !found.member.leftAt;
    return { ...found, isLastOwner: isOwner && (await ownersOf(db, [accountId])).length === 1 };
  },
});

/** The owners of some accounts, by name. */
export const ownersOf = (db: Db | Tx, accountIds: readonly string[]) =>
  db
    .select({ accountId: members.accountId, name: users.name })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        inArray(members.accountId, [...accountIds]),
        eq(members.role, "owner"),
        isNull(members.leftAt),
      ),
    )
    .orderBy(asc(users.name));
