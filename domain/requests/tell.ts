import { and, eq, inArray, isNull } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { members, type Request } from "@/db/schema";
import { BINDING_ROLES } from "@/db/vocabulary/access";
import type { RequestStatus, RequestUpdate } from "@/db/vocabulary/requests";

import { startBroadcast } from "../broadcasts/start";
import type { RecordedStep } from "../verb";
import { isOpen } from "./rules";
import { eligibleHandlersOf } from "./eligible-handlers";

type ToHandlers = Extract<RequestUpdate, `handler_${string}`>;
type ToDeveloper = Extract<RequestUpdate, `developer_${string}`>;
type ToRequester = Exclude<RequestUpdate, ToHandlers | ToDeveloper>;

type Moved = { before: Request; request: Request };

/**
 * Tells of a move everybody it concerns, each once: the requester of every step of theirs (P26), the
 * developer it was routed to of its end (P29), the handlers of what is for them to take up.
 */
export async function tellMove(step: RecordedStep, { before, request }: Moved): Promise<void> {
  const { status } = request;
  const isReceipt = before.receiptNumber === null && request.receiptNumber !== null;
  const event = isReceipt ? "receipt" : (STEPS[before.status]?.[status] ?? ENDS[status]);
  if (event) await tellRequester(step, request, event);
  if (status === "appealed") await tellHandlers(step, request, "handler_appealed");
  if (status === "withdrawn") await tellHandler(step, before, "handler_withdrawn");
  if (!isOpen(status) && wasRouted(request)) await tellDeveloper(step, request, "developer_closed");
}

/** What the requester is told on the way, by where the case comes from; nothing of what goes on among the staff. */
const STEPS: Partial<Record<RequestStatus, Partial<Record<RequestStatus, ToRequester>>>> = {
  received: { verifying: "verifying" },
  verifying: { need_more: "need_more", in_progress: "in_progress" },
  need_more: { in_progress: "in_progress" },
  in_progress: { need_more: "need_more", with_developer: "with_developer" },
  with_developer: { verifying: "back_from_developer", in_progress: "back_from_developer" },
  appealed: { verifying: "appeal_taken", in_progress: "appeal_taken" },
};

/** What they are told wherever the case comes from. */
const ENDS: Partial<Record<RequestStatus, ToRequester>> = {
  fulfilled: "decided",
  partly_fulfilled: "decided",
  refused: "decided",
  appealed: "appeal_received",
  withdrawn: "withdrawn",
};

/** Sent on to a developer at some time: its day stays with the case. */
const wasRouted = ({ requesterKind, accountId, developerDueDate }: Request): boolean =>
  requesterKind !== "developer" && accountId !== null && developerDueDate !== null;

/**
 * Tells the requester what happened to their request, by mail and in-site message. A request that
 * came by post or phone may have nobody to tell here.
 */
export async function tellRequester(
  step: RecordedStep,
  request: Request,
  event: ToRequester,
): Promise<void> {
  if (request.requesterId) await tell(step, request, { event, userIds: [request.requesterId] });
}

/** Tells those who may bind the account that an end user's request was routed to (P28, P29). */
export async function tellDeveloper(
  step: RecordedStep,
  request: Request,
  event: Exclude<ToDeveloper, "developer_reminded">,
): Promise<void> {
  const userIds = await signatoriesOf(step.tx, request);
  const dueDate = request.developerDueDate ?? request.dueDate;
  if (userIds.length > 0) await tell(step, request, { event, userIds, dueDate });
}

/** Tells every handler who may take the case up, but not who acts just now. */
export async function tellHandlers(
  step: RecordedStep,
  request: Request,
  event: "handler_filed" | "handler_appealed",
): Promise<void> {
  const handlers = await eligibleHandlersOf(step.tx, request);
  const userIds = handlers.map(({ id }) => id).filter((id) => id !== step.actor.id);
  if (userIds.length > 0) await tell(step, request, { event, userIds });
}

/** Tells whoever has the case, unless they act themselves. */
export async function tellHandler(
  step: RecordedStep,
  request: Request,
  event: "handler_answered" | "handler_withdrawn",
): Promise<void> {
  const { handlerId } = request;
  if (handlerId && handlerId !== step.actor.id)
    await tell(step, request, { event, userIds: [handlerId] });
}

/** Who is to be reminded of which day, and how many working days are left; -1 once it has passed. */
export type Reminder = {
  event: "handler_reminded" | "developer_reminded";
  userIds: string[];
  dueDate: string;
  workingDaysLeft: number;
};

/** Reminds handlers or developers of a day that comes near or has passed. */
export const tellReminder = (step: RecordedStep, request: Request, reminder: Reminder) =>
  tell(step, request, reminder);

/** Those who may bind the account a request is about. */
export async function signatoriesOf(
  tx: Tx,
  { accountId }: Pick<Request, "accountId">,
): Promise<string[]> {
  if (!accountId) return [];
  const people = await tx
    .select({ id: members.userId })
    .from(members)
    .where(
      and(
        eq(members.accountId, accountId),
        isNull(members.leftAt),
        inArray(members.role, [...BINDING_ROLES]),
      ),
    );
  return people.map(({ id }) => id);
}

type Telling = {
  event: RequestUpdate;
  userIds: string[];
  /** The day that concerns them, where it is not the request's own. */
  dueDate?: string;
  workingDaysLeft?: number;
};

async function tell(step: RecordedStep, request: Request, telling: Telling): Promise<void> {
  const { event, userIds, dueDate = request.dueDate, workingDaysLeft } = telling;
  const { id, number, type, accountId } = request;
  await startBroadcast(step, {
    kind: "request_update",
    subjectId: id,
    facts: {
      ...{ requestId: id, number, type, event, dueDate },
      isDueProvisional: request.isDueProvisional && dueDate === request.dueDate,
      ...(workingDaysLeft !== undefined && { workingDaysLeft }),
    },
    audience: accountId && isForAccount(event, request) ? { accountId, userIds } : { userIds },
    channels: ["inbox", "email"],
  });
}

/** Told on behalf of an account: a developer's own request, and what its account was asked. */
const isForAccount = (event: RequestUpdate, { requesterKind }: Request): boolean =>
  event.startsWith("developer_") ||
  (!event.startsWith("handler_") && requesterKind === "developer");
