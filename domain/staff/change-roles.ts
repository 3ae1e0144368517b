import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";

import { sessions, staffRoles } from "@/db/schema";
import { STAFF_ROLES, type StaffRole } from "@/db/vocabulary/access";

import { leaveBrowsers } from "../access/leave-browsers";
import { endingOf } from "../access/open-session";
import { noteSecurity } from "../access/security-events";
import { tellAccess } from "../access/tell-access";
import { Conflict } from "../errors";
import { uuid } from "../input";
import { type RecordedStep, verb } from "../verb";
import { dropProposals, giveRoles, lockDecision, rolesOf, tellAdmins } from "./roles";

const roles = z.array(z.enum(STAFF_ROLES));

/**
 * Gives and takes away staff roles until a person holds exactly these; none ends their work here, and
 * every session of theirs with it and what their browsers show. The administrator's role waits for a second administrator.
 * @throws NotAllowed (one's own), Conflict (the last administrator; changed meanwhile), NotFound
 */
export const changeStaffRoles = verb({
  may: "staff.manage",
  fresh: true,
  input: z.object({
    userId: uuid,
    roles,
    /** The roles that the form showed: what was changed meanwhile is not undone by an old page. */
    seen: roles,
  }),

  async run(step, { userId, roles: wanted, seen }) {
    const { admins } = await lockDecision(step, userId);
    const held = await rolesOf(step.tx, userId);
    if (held.length !== new Set(seen).size || !held.every((role) => seen.includes(role)))
      throw new Conflict("staff.errors.changedMeanwhile");

    const lost = held.filter((role) => !wanted.includes(role));
    if (lost.includes("admin") && admins.length === 1) throw new Conflict("staff.errors.lastAdmin");
    const gained = STAFF_ROLES.filter((role) => wanted.includes(role) && !held.includes(role));
    const { given, isProposed } = await giveRoles(step, { userId, roles: gained });
    const dropped = await takeRoles(step, { userId, lost, isLeaving: wanted.length === 0 });
    if (given.length + lost.length > 0) await tell(step, userId);
    else if (!isProposed && dropped === 0) step.unchanged();
    return { isProposed };
  },
});

type Taking = { userId: string; lost: readonly StaffRole[]; isLeaving: boolean };

/** @returns how many proposals ended with it */
async function takeRoles(step: RecordedStep, { userId, lost, isLeaving }: Taking): Promise<number> {
  const { tx, now, record } = step;
  if (lost.length > 0) {
    await tx
      .delete(staffRoles)
      .where(and(eq(staffRoles.userId, userId), inArray(staffRoles.role, [...lost])));
    const ended = isLeaving
      ? await tx.delete(sessions).where(eq(sessions.userId, userId)).returning()
      : [];
    await noteSecurity({ tx, now }, ...ended.map((session) => endingOf(session)));
    await record("person.lost_role", {
      id: userId,
      after: { roles: [...lost], sessions: ended.length },
    });
    if (isLeaving) await leaveBrowsers(step, { userId, where: sql`true` });
  }
  const made = lost.includes("admin") ? await dropProposals(step, { proposedBy: userId }) : 0;
  return made + (isLeaving ? await dropProposals(step, { userId }) : 0);
}

async function tell(step: RecordedStep, userId: string): Promise<void> {
  const held = await rolesOf(step.tx, userId);
  const event = held.length > 0 ? "staff_changed" : "staff_ended";
  await tellAccess(step, { event, subjectId: userId, userIds: [userId], staffRoles: held });
  await tellAdmins(step, userId);
}
