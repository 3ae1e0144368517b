import { and, eq } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { type Request, requestMessages, staffRoles } from "@/db/schema";
import type { MessageDirection } from "@/db/vocabulary/requests";
import { seal } from "@/lib/seal";

import { person } from "../access/permissions";
import { Conflict, NotFound } from "../errors";
import type { RecordedStep } from "../verb";
import { lockRequest } from "./move";
import { eligibleHandlersOf } from "./eligible-handlers";

type Seen = { number: string; revision: number };

/**
 * A case in its handler's hands, held until the transaction ends.
 * @throws NotFound; Conflict when it has changed since it was seen, or is in other hands
 */
export async function lockHandledRequest(
  { tx, actor }: RecordedStep,
  { number, revision }: Seen,
): Promise<Request> {
  const request = await lockRequest(tx, { number }, revision);
  if (request.handlerId !== person(actor).id) throw new Conflict("requests.errors.notYours");
  return request;
}

/**
 * Whether somebody may take a case: a handler, not the requester, and after an appeal nobody who
 * took part in what is appealed while another is there.
 * @throws NotFound for nobody of the handlers; Conflict
 */
export async function assertMayTake(tx: Tx, request: Request, handlerId: string): Promise<void> {
  const [role] = await tx
    .select({ role: staffRoles.role })
    .from(staffRoles)
    .where(and(eq(staffRoles.userId, handlerId), eq(staffRoles.role, "handler")));
  if (!role) throw new NotFound("errors.notFound");
  if (request.requesterId === handlerId) throw new Conflict("requests.errors.ownRequest");
  const takers = await eligibleHandlersOf(tx, request);
  if (!takers.some(({ id }) => id === handlerId))
    throw new Conflict("requests.errors.appealOfOwnDecision");
}

type Words = { direction: MessageDirection; text: string };

/** Writes a message of a case, sealed. @returns its id */
export async function keepMessage(
  { tx, actor, now }: RecordedStep,
  request: Request,
  { direction, text }: Words,
): Promise<string> {
  const [message] = await tx
    .insert(requestMessages)
    .values({
      requestId: request.id,
      direction,
      authorId: person(actor).id,
      body: seal(text, "request.message"),
      at: now,
    })
    .returning({ id: requestMessages.id });
  if (!message) throw new Error("the message was not written");
  return message.id;
}
