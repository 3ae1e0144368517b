import { eq } from "drizzle-orm";
import { z } from "zod";

import { adminProposals, staffRoles } from "@/db/schema";

import { tellAccess } from "../access/tell-access";
import { Conflict, NotAllowed } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { dropProposals, lockDecision, rolesOf, tellAdmins } from "./roles";

/**
 * Makes a proposed person an administrator, by another one than proposed them.
 * @throws NotAllowed (one's own proposal), Conflict (there is none any more), NotFound
 */
export const confirmAdmin = verb({
  may: "staff.manage",
  fresh: true,
  input: z.object({ userId: uuid }),

  async run(step, { userId }) {
    const { tx, now, record } = step;
    const { decider: confirmedBy } = await lockDecision(step, userId);
    const [proposal] = await tx
      .delete(adminProposals)
      .where(eq(adminProposals.userId, userId))
      .returning();
    if (!proposal) throw new Conflict("staff.errors.noProposal");
    const { proposedBy } = proposal;
    if (proposedBy === confirmedBy) throw new NotAllowed("staff.errors.ownProposal");

    const isFirst = (await rolesOf(tx, userId)).length === 0;
    await tx
      .insert(staffRoles)
      .values({ userId, role: "admin", grantedAt: now, grantedBy: proposedBy, confirmedBy });
    await record("person.granted_role", { id: userId, after: { roles: ["admin"], proposedBy } });
    await tellAccess(step, {
      event: isFirst ? "staff_invited" : "staff_changed",
      ...{ subjectId: userId, userIds: [userId], staffRoles: await rolesOf(tx, userId) },
    });
    await tellAdmins(step, userId);
  },
});

/** Ends a proposal: its author takes it back, or another administrator refuses it. Twice is harmless. */
export const dropAdminProposal = verb({
  may: "staff.manage",
  input: z.object({ userId: uuid }),

  async run(step, { userId }) {
    await lockDecision(step, userId);
    if ((await dropProposals(step, { userId })) === 0) step.unchanged();
  },
});
