import { and, asc, eq, isNotNull, lt, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { type Request, requestDecisions, staffRoles, users } from "@/db/schema";

import { query } from "../query";
import { clockStart } from "./due-date";
import { requestNumber } from "./input";
import { findStaffRequest } from "./staff-requests";

/**
 * The handlers who may take a case: not its requester, and after an appeal nobody who proposed the
 * answer that is appealed.
 */
export async function eligibleHandlersOf(
  db: Db | Tx,
  request: Pick<Request, "id" | "requesterId" | "receivedAt">,
): Promise<{ id: string; name: string }[]> {
  const startedAt = await clockStart(db, request);
  const proposedEarlier = db
    .select({ id: requestDecisions.id })
    .from(requestDecisions)
    .where(
      and(
        eq(requestDecisions.requestId, request.id),
        eq(requestDecisions.proposedBy, users.id),
        isNotNull(requestDecisions.reviewedAt),
        lt(requestDecisions.proposedAt, startedAt),
      ),
    );
  return db
    .select({ id: users.id, name: users.name })
    .from(staffRoles)
    .innerJoin(users, eq(users.id, staffRoles.userId))
    .where(
      and(
        eq(staffRoles.role, "handler"),
        sql`${users.id} is distinct from ${request.requesterId}`,
        sql`not exists ${proposedEarlier}`,
      ),
    )
    .orderBy(asc(users.name), asc(users.id));
}

/** Whom a case may be given to. @throws NotFound */
export const listEligibleHandlers = query({
  may: "request.handle",
  input: z.object({ number: requestNumber }),

  run: async ({ db, actor }, { number }) =>
    eligibleHandlersOf(db, await findStaffRequest(db, { actor, number })),
});
