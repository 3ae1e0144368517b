import { and, eq, exists, inArray, or } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { adminProposals, staffRoles, users } from "@/db/schema";
import { STAFF_ROLES } from "@/db/vocabulary/access";

import { NotFound } from "../errors";
import { pageInput, uuid } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";

const PAGE = 50;
const BY_NAME = [up("text", users.name), up("uuid", users.id)];
const COLUMNS = { id: users.id, name: users.name, email: users.email };

export type StaffMember = Awaited<ReturnType<typeof listStaff>>["rows"][number];

/** Everybody who has a staff role or is proposed as administrator, 50 a page, with since when and by whom. */
export const listStaff = query({
  may: "staff.read",
  input: z.object(pageInput),

  async run({ db }, { page }) {
    const hasRole = db.select().from(staffRoles).where(eq(staffRoles.userId, users.id));
    const isProposed = db.select().from(adminProposals).where(eq(adminProposals.userId, users.id));
    const { rows, ...turns } = await readPage({ keys: BY_NAME, size: PAGE, page }, (slice) =>
      db
        .select({ ...COLUMNS, cursor: slice.cursor })
        .from(users)
        .where(and(or(exists(hasRole), exists(isProposed)), slice.beyond))
        .orderBy(slice.order)
        .limit(slice.limit),
    );
    return { rows: await withRoles(db, rows), ...turns };
  },
});

/** One member of staff, or who is to become one; whether nobody else is an administrator. @throws NotFound */
export const findStaff = query({
  may: "staff.read",
  input: z.object({ userId: uuid }),

  async run({ db }, { userId }) {
    const found = await db.select(COLUMNS).from(users).where(eq(users.id, userId));
    const [member] = await withRoles(db, found);
    if (!member || (member.roles.length === 0 && !member.proposal))
      throw new NotFound("errors.notFound");
    const admins = await db.$count(staffRoles, eq(staffRoles.role, "admin"));
    const isAdmin = member.roles.some(({ role }) => role === "admin");
    return { ...member, isLastAdmin: isAdmin && admins === 1, admins };
  },
});

async function withRoles<Row extends { id: string }>(db: Db | Tx, rows: readonly Row[]) {
  const ids = rows.map(({ id }) => id);
  const [granter, confirmer] = [alias(users, "granter"), alias(users, "confirmer")];
  const [roles, proposals] = await Promise.all([
    db
      .select({
        userId: staffRoles.userId,
        role: staffRoles.role,
        grantedAt: staffRoles.grantedAt,
        grantedByName: granter.name,
        confirmedByName: confirmer.name,
      })
      .from(staffRoles)
      .leftJoin(granter, eq(granter.id, staffRoles.grantedBy))
      .leftJoin(confirmer, eq(confirmer.id, staffRoles.confirmedBy))
      .where(inArray(staffRoles.userId, ids)),
    db
      .select({
        userId: adminProposals.userId,
        proposedBy: adminProposals.proposedBy,
        proposedAt: adminProposals.proposedAt,
        proposedByName: granter.name,
      })
      .from(adminProposals)
      .innerJoin(granter, eq(granter.id, adminProposals.proposedBy))
      .where(inArray(adminProposals.userId, ids)),
  ]);
  return rows.map((row) => ({
    ...row,
    roles: STAFF_ROLES.flatMap((role) =>
      roles.filter((held) => held.userId === row.id && held.role === role),
    ),
    proposal: proposals.find(({ userId }) => userId === row.id) ?? null,
  }));
}
