import { and, eq, inArray, isNull } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { members, type Request } from "@/db/schema";
import { BINDING_ROLES, type RequestUpdate } from "@/db/vocabulary";

import { startBroadcast } from "../broadcasts/start";
import type { RecordedStep } from "../verb";

type ToOthers = "developer_asked" | "developer_reminded" | "handler_reminded";

/**
 * Tells the requester what happened to their request, by mail and in-site message. A request that
 * came by post or phone may have nobody to tell here.
 */
export async function tellRequester(
  step: RecordedStep,
  request: Request,
  event: Exclude<RequestUpdate, ToOthers>,
): Promise<void> {
  if (request.requesterId) await tell(step, request, { event, userIds: [request.requesterId] });
}

/** Asks those who may bind the account that an end user's request was routed to (P28, P29). */
export async function tellDeveloper(step: RecordedStep, request: Request): Promise<void> {
  const userIds = await signatoriesOf(step.tx, request);
  const dueDate = request.developerDueDate ?? request.dueDate;
  if (userIds.length > 0) await tell(step, request, { event: "developer_asked", userIds, dueDate });
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
  event === "developer_asked" ||
  event === "developer_reminded" ||
  (event !== "handler_reminded" && requesterKind === "developer");
