import { and, asc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { type Request, requestDecisions, requests, staffRoles, users } from "@/db/schema";
import type { StaffRole } from "@/db/vocabulary/access";

import { GRANTS } from "../access/permissions";
import { query } from "../query";
import { clockStarts } from "./due-date";
import { requestNumber } from "./input";
import { leastInvolved, type Part, worstPart } from "./rules";
import { findStaffRequest } from "./staff-requests";

type Case = Pick<Request, "id" | "requesterId" | "receivedAt">;
export type Eligible = { id: string; name: string; part: Part };

/** The handlers who may take a case: not its requester, and after an appeal who had least to do with what is appealed. */
export const eligibleHandlersOf = async (db: Db | Tx, request: Case): Promise<Eligible[]> =>
  (await eligibleHandlersOfAll(db, [request])).get(request.id) ?? [];

/** The same of many cases, by id. */
export const eligibleHandlersOfAll = (db: Db | Tx, requests: readonly Case[]) =>
  staffOf(db, requests, { roles: ["handler"] });

/** Which of these people still are handlers: a case stays on record with who has left, and is told to others. */
export async function handlersAmong(
  db: Db | Tx,
  ids: readonly (string | null)[],
): Promise<Set<string>> {
  const wanted = ids.filter((id) => id !== null);
  const rows = await db
    .select({ id: staffRoles.userId })
    .from(staffRoles)
    .where(and(inArray(staffRoles.userId, wanted), eq(staffRoles.role, "handler")));
  return new Set(rows.map(({ id }) => id));
}

/** Whether a case is in the hands of somebody who still is a handler: whose handler has left waits for another. */
export const IS_HANDLED = sql<boolean>`exists (
  select from ${staffRoles} where ${staffRoles.userId} = ${requests.handlerId} and ${staffRoles.role} = 'handler'
)`;

/** Who may review what somebody proposed, by the same rule; never who proposed it. */
export async function eligibleReviewersOf(
  db: Db | Tx,
  request: Case,
  proposedBy: string,
): Promise<Eligible[]> {
  const of = { roles: GRANTS["request.review"], except: proposedBy };
  const staff = await staffOf(db, [request], of);
  return staff.get(request.id) ?? [];
}

/** Whom a case may be given to. @throws NotFound */
export const listEligibleHandlers = query({
  may: "request.handle",
  input: z.object({ number: requestNumber }),

  run: async ({ db, actor }, { number }) =>
    eligibleHandlersOf(db, await findStaffRequest(db, { actor, number })),
});

/** What each did who took part in an answer from before the latest appeal; empty without an appeal. */
export const partsOf = async (db: Db | Tx, request: Case): Promise<Map<string, Part>> =>
  (await partsOfAll(db, [request])).get(request.id) ?? new Map();

async function partsOfAll(
  db: Db | Tx,
  requests: readonly Case[],
): Promise<Map<string, Map<string, Part>>> {
  const all = new Map(requests.map(({ id }) => [id, new Map<string, Part>()]));
  const reviewed = await db
    .select()
    .from(requestDecisions)
    .where(
      and(
        inArray(requestDecisions.requestId, [...all.keys()]),
        isNotNull(requestDecisions.reviewedAt),
      ),
    );
  const starts = await clockStarts(db, requests);
  for (const { requestId, proposedAt, proposedBy, reviewedBy, verdict } of reviewed) {
    const [start, parts] = [starts.get(requestId), all.get(requestId)];
    if (!start || !parts || proposedAt >= start) continue;
    if (reviewedBy && verdict === "approved")
      parts.set(reviewedBy, worstPart(["approved", parts.get(reviewedBy)]));
    parts.set(proposedBy, "proposed");
  }
  return all;
}

/** Who of some roles is left for each case, by its id: who had least to do with it. */
async function staffOf(
  db: Db | Tx,
  requests: readonly Case[],
  { roles, except }: { roles: readonly StaffRole[]; except?: string },
): Promise<Map<string, Eligible[]>> {
  const staff = await db
    .selectDistinct({ id: users.id, name: users.name })
    .from(staffRoles)
    .innerJoin(users, eq(users.id, staffRoles.userId))
    .where(inArray(staffRoles.role, [...roles]))
    .orderBy(asc(users.name), asc(users.id));
  const parts = await partsOfAll(db, requests);
  return new Map(
    requests.map(({ id, requesterId }) => {
      const others = staff.filter((one) => one.id !== requesterId && one.id !== except);
      const part = (one: { id: string }) => parts.get(id)?.get(one.id) ?? "none";
      return [id, leastInvolved(others.map((one) => ({ ...one, part: part(one) })))];
    }),
  );
}
