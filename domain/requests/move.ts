import { and, eq } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { type Request, requestEvents, requests } from "@/db/schema";
import type { RequestStatus } from "@/db/vocabulary/requests";

import { person } from "../access/permissions";
import { callBackTicket } from "../broadcasts/write-dispatches";
import { Conflict, NotFound } from "../errors";
import type { RecordedStep } from "../verb";
import { computeDueDate } from "./due-date";
import { isAnswered, move, ordersStopAt, standingOf } from "./rules";
import { tellMove } from "./tell";

/**
 * A request, held until the transaction ends, by its number or id.
 * @param seen the revision the actor had before their eyes; left out where it does not matter
 * @throws NotFound; Conflict when somebody has moved it meanwhile
 */
export async function lockRequest(
  tx: Tx,
  by: { number: string } | { id: string },
  seen?: number,
): Promise<Request> {
  const [request] = await tx
    .select()
    .from(requests)
    .where("id" in by ? eq(requests.id, by.id) : eq(requests.number, by.number))
    .for("update");
  if (!request) throw new NotFound("errors.notFound");
  if (seen !== undefined && request.revision !== seen)
    throw new Conflict("requests.errors.changedMeanwhile");
  return request;
}

type Move = {
  request: Request;
  to: RequestStatus;
  set?: Partial<Pick<Request, "handlerId" | "decisionId" | "receiptNumber">>;
};

/**
 * Moves a request along the one table, writes the event and tells whom it concerns. A verification and an answer are stamped
 * with their moment; an appeal opens the case anew: a clock of its own, no handler, no decision.
 * @throws Conflict when the table knows no such move, or somebody else was faster
 */
export async function moveRequest(
  step: RecordedStep,
  { request, to, set }: Move,
): Promise<Request> {
  const { tx, actor, now } = step;
  const { isVerified } = move(standingOf(request), to);
  const moved = await writeRequest(tx, request, {
    status: to,
    ...(isVerified !== (request.verifiedAt !== null) && {
      verifiedAt: isVerified ? now : null,
      verifiedBy: isVerified ? person(actor).id : null,
    }),
    ...(isAnswered(to) && { answeredAt: now }),
    ...(isVerified && !request.stopOrderedAt && orderedStop(request, now)),
    ...(to === "appealed" && (await anew(tx, request, now))),
    ...set,
  });
  await noteEvent(step, moved);
  await tellMove(step, { before: request, request: moved });
  return moved;
}

/** An event of a request: it is there, or it has moved. The system whose ticket it came from is called back. */
export async function noteEvent({ tx, actor, now }: RecordedStep, request: Request) {
  const { id: requestId, status, dueDate, ticketNumber } = request;
  const byId = actor.kind === "person" ? actor.id : null;
  const [event] = await tx
    .insert(requestEvents)
    .values({ requestId, status, byId, at: now, dueDate })
    .returning({ id: requestEvents.id });
  if (ticketNumber && event) await callBackTicket(tx, { requestEventId: event.id, now });
}

/** Writes to a request that was read, and counts its revision. @throws Conflict when it has changed since */
export async function writeRequest(
  tx: Tx,
  request: Request,
  set: Partial<Request>,
): Promise<Request> {
  const [written] = await tx
    .update(requests)
    .set({ ...set, revision: request.revision + 1 })
    .where(and(eq(requests.id, request.id), eq(requests.revision, request.revision)))
    .returning();
  if (!written) throw new Conflict("requests.errors.changedMeanwhile");
  return written;
}

/** Once it is known who withdraws a consent, what rests on it is to stop (P10). */
const orderedStop = ({ type }: Request, now: Date): Partial<Request> => ({
  stopOrderedAt: ordersStopAt(type, { moment: "verified", now }),
});

async function anew(tx: Tx, request: Request, now: Date): Promise<Partial<Request>> {
  const due = { ...request, extendedAt: null };
  const { dueDate, isProvisional } = await computeDueDate(tx, now, due);
  return {
    extendedAt: null,
    extendedBy: null,
    dueDate,
    isDueProvisional: isProvisional,
    answeredAt: null,
    handlerId: null,
    decisionId: null,
  };
}
