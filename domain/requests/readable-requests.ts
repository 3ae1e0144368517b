import { and, eq, inArray, or, sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { type Request, requests } from "@/db/schema";
import { BINDING_ROLES } from "@/db/vocabulary/access";

import { person } from "../access/permissions";
import type { Actor } from "../context";
import { NotFound } from "../errors";
import { query } from "../query";
import { requestNumber } from "./input";
import { OPEN_STATUSES } from "./rules";

/** The accounts an actor may bind: their requests are theirs to see. */
function boundAccounts(actor: Actor): string[] {
  return person(actor)
    .memberships.filter(({ role }) => BINDING_ROLES.some((binding) => binding === role))
    .map(({ accountId }) => accountId);
}

/**
 * The requests a reader may follow: those they filed, and those filed for an account of which they
 * are owner or legal signatory (docs/decisions/005).
 */
export function ownRequests(actor: Actor): SQL | undefined {
  return or(
    eq(requests.requesterId, person(actor).id),
    and(eq(requests.requesterKind, "developer"), inArray(requests.accountId, boundAccounts(actor))),
  );
}

/** End users' requests that an account of the reader was asked to handle (P28, P29). */
export function routedRequests(actor: Actor): SQL | undefined {
  return and(
    inArray(requests.requesterKind, ["end_user", "guardian", "agent"]),
    inArray(requests.accountId, boundAccounts(actor)),
    // Once routed, always seen: the account keeps sight of what it answered.
    sql`exists (select 1 from request_events e where e.request_id = ${requests.id} and e.status = 'with_developer')`,
  );
}

type Wanted = { actor: Actor; number: string };

/** The request of a number within what an actor may see. @throws NotFound for any other, so that numbers tell nothing */
export async function findWithin(
  db: Db | Tx,
  { actor, number }: Wanted,
  seenBy: (actor: Actor) => SQL | undefined,
): Promise<Request> {
  const [request] = await db
    .select()
    .from(requests)
    .where(and(eq(requests.number, number), seenBy(actor)));
  if (!request) throw new NotFound("errors.notFound");
  return request;
}

/** A request the reader may follow. @throws NotFound */
export const findOwn = (db: Db | Tx, wanted: Wanted): Promise<Request> =>
  findWithin(db, wanted, ownRequests);

/** Whether a request is the reader's only to answer: their account was asked, they do not follow it. */
export const isOnlyRouted = query({
  may: "request.readOwn",
  input: z.object({ number: requestNumber }),

  async run({ db, actor }, { number }) {
    const of = eq(requests.number, number);
    const own = await db.$count(requests, and(of, ownRequests(actor)));
    return own === 0 && (await db.$count(requests, and(of, routedRequests(actor)))) > 0;
  },
});

/** How many of the reader's requests have no answer yet. */
export const countOpenOwn = query({
  may: "request.readOwn",
  input: z.object({}),

  run: ({ db, actor }) =>
    db.$count(requests, and(ownRequests(actor), inArray(requests.status, OPEN_STATUSES))),
});

/** A request the reader's account was asked to handle. @throws NotFound */
export const findRouted = (db: Db | Tx, wanted: Wanted): Promise<Request> =>
  findWithin(db, wanted, routedRequests);
