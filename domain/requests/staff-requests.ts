import { and, eq, isNull, ne, or, type SQL } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import { type Request, requests } from "@/db/schema";

import { may, person } from "../access/permissions";
import type { Actor } from "../context";
import { findWithin } from "./readable-requests";

/**
 * The cases a member of staff may read: handlers and auditors all, an approver those that wait for a
 * second person; nobody their own, which they follow as its requester.
 */
export function staffRequests(actor: Actor): SQL | undefined {
  return and(
    or(isNull(requests.requesterId), ne(requests.requesterId, person(actor).id)),
    may(actor, "request.read") ? undefined : eq(requests.status, "in_review"),
  );
}

/** @throws NotFound for a request that is not the reader's to see */
export const findStaffRequest = (
  db: Db | Tx,
  wanted: { actor: Actor; number: string },
): Promise<Request> => findWithin(db, wanted, staffRequests);
