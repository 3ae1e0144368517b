import { and, eq, inArray, isNull } from "drizzle-orm";

import { members, type Request } from "@/db/schema";
import { BINDING_ROLES, type RequestUpdate } from "@/db/vocabulary";

import { startBroadcast } from "../broadcasts/start";
import type { RecordedStep } from "../verb";

/**
 * Tells the requester what happened to their request, by mail and in-site message. A request that
 * came by post or phone may have nobody to tell here.
 */
export async function tellRequester(
  step: RecordedStep,
  request: Request,
  event: Exclude<RequestUpdate, "developer_asked">,
): Promise<void> {
  if (request.requesterId) await tell(step, request, { event, userIds: [request.requesterId] });
}

/** Asks those who may bind the account that an end user's request was routed to (P28, P29). */
export async function tellDeveloper(step: RecordedStep, request: Request): Promise<void> {
  if (!request.accountId) return;
  const people = await step.tx
    .select({ id: members.userId })
    .from(members)
    .where(
      and(
        eq(members.accountId, request.accountId),
        isNull(members.leftAt),
        inArray(members.role, [...BINDING_ROLES]),
      ),
    );
  const userIds = people.map(({ id }) => id);
  if (userIds.length > 0) await tell(step, request, { event: "developer_asked", userIds });
}

type Telling = { event: RequestUpdate; userIds: string[] };

async function tell(step: RecordedStep, request: Request, { event, userIds }: Telling) {
  const { id, number, type, dueDate, isDueProvisional, accountId } = request;
  const isDevelopers = event === "developer_asked" || request.requesterKind === "developer";
  await startBroadcast(step, {
    kind: "request_update",
    subjectId: id,
    facts: { requestId: id, number, type, event, dueDate, isDueProvisional },
    audience: accountId && isDevelopers ? { accountId, userIds } : { userIds },
    channels: ["inbox", "email"],
  });
}
