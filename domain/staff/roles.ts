import { asc, eq } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { adminProposals, staffRoles, users } from "@/db/schema";
import { STAFF_ROLES, type StaffRole } from "@/db/vocabulary/access";

import { person } from "../access/permissions";
import { tellAccess } from "../access/tell-access";
import { NotAllowed, NotFound } from "../errors";
import type { RecordedStep } from "../verb";

/**
 * Nobody decides about their own roles. Holds the person and all administrators, in this order, so
 * that who decides still is one of them when it counts, and two cannot each take the other away.
 * @returns who decides, and the administrators @throws NotAllowed, NotFound
 */
export async function lockDecision(step: Pick<RecordedStep, "actor" | "tx">, userId: string) {
  const decider = deciderAbout(step, userId);
  await lockPerson(step.tx, userId);
  const admins = await lockAdmins(step.tx);
  if (!admins.includes(decider)) throw new NotAllowed("errors.notAllowed");
  return { decider, admins };
}

/** @returns who decides @throws NotAllowed */
function deciderAbout({ actor }: Pick<RecordedStep, "actor">, userId: string): string {
  const { id } = person(actor);
  if (id === userId) throw new NotAllowed("staff.errors.own");
  return id;
}

/** A person, held until the transaction ends: roles are changed one after another. @throws NotFound */
async function lockPerson(tx: Tx, userId: string): Promise<void> {
  const [found] = await tx.select().from(users).where(eq(users.id, userId)).for("update");
  if (!found || found.erasedAt) throw new NotFound("errors.notFound");
}

export async function rolesOf(tx: Tx, userId: string): Promise<StaffRole[]> {
  const rows = await tx
    .select({ role: staffRoles.role })
    .from(staffRoles)
    .where(eq(staffRoles.userId, userId));
  return inOrder(rows.map(({ role }) => role));
}

/** All administrators, held in one order. */
async function lockAdmins(tx: Tx): Promise<string[]> {
  const rows = await tx
    .select({ id: staffRoles.userId })
    .from(staffRoles)
    .where(eq(staffRoles.role, "admin"))
    .orderBy(asc(staffRoles.userId))
    .for("update");
  return rows.map(({ id }) => id);
}

type Giving = { userId: string; roles: readonly StaffRole[] };

/**
 * Gives roles; the administrator's is proposed, and the other administrators are told to decide.
 * @returns which were given, and whether a proposal was made
 */
export async function giveRoles(step: RecordedStep, { userId, roles }: Giving) {
  const { tx, now, record } = step;
  const { decider: grantedBy } = await lockDecision(step, userId);
  const given = roles.filter((role) => role !== "admin");
  if (given.length > 0) {
    await tx
      .insert(staffRoles)
      .values(given.map((role) => ({ userId, role, grantedAt: now, grantedBy })));
    await record("person.granted_role", { id: userId, after: { roles: given } });
  }
  const isProposed = roles.includes("admin") && (await propose(step, { userId, grantedBy }));
  return { given, isProposed };
}

async function propose(
  step: RecordedStep,
  { userId, grantedBy }: { userId: string; grantedBy: string },
): Promise<boolean> {
  const { tx, now, record } = step;
  const written = await tx
    .insert(adminProposals)
    .values({ userId, proposedBy: grantedBy, proposedAt: now })
    .onConflictDoNothing()
    .returning();
  if (written.length === 0) return false;
  await record("person.admin_proposed", { id: userId });
  const others = await tx
    .select({ id: staffRoles.userId })
    .from(staffRoles)
    .where(eq(staffRoles.role, "admin"));
  await tellAccess(step, {
    ...{ event: "admin_proposed", subjectId: userId },
    userIds: others.map(({ id }) => id).filter((id) => id !== grantedBy && id !== userId),
  });
  return true;
}

/**
 * Tells the other administrators at once that a colleague's roles are others now: who may give every
 * role is seen by those who may take it away again.
 */
export async function tellAdmins(step: RecordedStep, userId: string): Promise<void> {
  const [held, admins] = [await rolesOf(step.tx, userId), await lockAdmins(step.tx)];
  await tellAccess(step, {
    ...{ event: held.length > 0 ? "colleague_changed" : "colleague_ended", subjectId: userId },
    userIds: admins.filter((id) => id !== step.actor.id && id !== userId),
    staffRoles: held,
  });
}

/** Ends proposals, each on the record: of one person, and of all that somebody made who is no administrator any more. */
export async function dropProposals(
  { tx, record }: RecordedStep,
  of: { userId: string } | { proposedBy: string },
): Promise<number> {
  const dropped = await tx
    .delete(adminProposals)
    .where(
      "userId" in of
        ? eq(adminProposals.userId, of.userId)
        : eq(adminProposals.proposedBy, of.proposedBy),
    )
    .returning({ id: adminProposals.userId });
  for (const { id } of dropped) await record("person.admin_proposal_dropped", { id });
  return dropped.length;
}

export const inOrder = (roles: readonly StaffRole[]): StaffRole[] =>
  STAFF_ROLES.filter((role) => roles.includes(role));
