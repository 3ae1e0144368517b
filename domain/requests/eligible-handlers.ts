import { and, asc, eq, inArray, isNotNull, lt, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { type Request, requestDecisions, staffRoles, users } from "@/db/schema";
import type { StaffRole } from "@/db/vocabulary/access";

import { GRANTS } from "../access/permissions";
import { query } from "../query";
import { clockStart } from "./due-date";
import { requestNumber } from "./input";
import { leastInvolved, type Part, worstPart } from "./rules";
import { findStaffRequest } from "./staff-requests";

type Case = Pick<Request, "id" | "requesterId" | "receivedAt">;
export type Eligible = { id: string; name: string; part: Part };

/** The handlers who may take a case: not its requester, and after an appeal who had least to do with what is appealed. */
export const eligibleHandlersOf = async (db: Db | Tx, request: Case): Promise<Eligible[]> =>
  leastInvolved(await staffOf(db, request, ["handler"]));

/** Who may review what somebody proposed, by the same rule; never who proposed it. */
export const eligibleReviewersOf = async (
  db: Db | Tx,
  request: Case,
  proposedBy: string,
): Promise<Eligible[]> =>
  leastInvolved(
    (await staffOf(db, request, GRANTS["request.review"])).filter(({ id }) => id !== proposedBy),
  );

/** Whom a case may be given to. @throws NotFound */
export const listEligibleHandlers = query({
  may: "request.handle",
  input: z.object({ number: requestNumber }),

  run: async ({ db, actor }, { number }) =>
    eligibleHandlersOf(db, await findStaffRequest(db, { actor, number })),
});

/** What each did who took part in an answer from before the latest appeal; empty without an appeal. */
export async function partsOf(db: Db | Tx, request: Case): Promise<Map<string, Part>> {
  const earlier = await db
    .select()
    .from(requestDecisions)
    .where(
      and(
        eq(requestDecisions.requestId, request.id),
        isNotNull(requestDecisions.reviewedAt),
        lt(requestDecisions.proposedAt, await clockStart(db, request)),
      ),
    );
  const parts = new Map<string, Part>();
  for (const { proposedBy, reviewedBy, verdict } of earlier) {
    if (reviewedBy && verdict === "approved")
      parts.set(reviewedBy, worstPart(["approved", parts.get(reviewedBy)]));
    parts.set(proposedBy, "proposed");
  }
  return parts;
}

async function staffOf(
  db: Db | Tx,
  request: Case,
  roles: readonly StaffRole[],
): Promise<Eligible[]> {
  const staff = await db
    .selectDistinct({ id: users.id, name: users.name })
    .from(staffRoles)
    .innerJoin(users, eq(users.id, staffRoles.userId))
    .where(
      and(
        inArray(staffRoles.role, [...roles]),
        sql`${users.id} is distinct from ${request.requesterId}`,
      ),
    )
    .orderBy(asc(users.name), asc(users.id));
  const parts = await partsOf(db, request);
  return staff.map((one) => ({ ...one, part: parts.get(one.id) ?? "none" }));
}
