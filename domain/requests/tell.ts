import { and, inArray, isNull } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { digestItems, members, type Request } from "@/db/schema";
import { BINDING_ROLES } from "@/db/vocabulary/access";
import type { Channel } from "@/db/vocabulary/broadcasts";
import type { HandlerMatter, RequestStatus, RequestUpdate } from "@/db/vocabulary/requests";

import type { RequestUpdateFacts } from "../broadcasts/facts";
import { startBroadcast } from "../broadcasts/start";
import type { RecordedStep } from "../verb";
import {
  type Eligible,
  eligibleHandlersOf,
  eligibleReviewersOf,
  handlersAmong,
} from "./eligible-handlers";
import { type Choices, chosenBy, readChoices } from "./handler-choices";
import { takeMailTurns } from "./handler-mails";
import { urgentAmong } from "./app-declarations";
import { isOpen } from "./rules";

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
  if (status === "appealed") await tellHandlers(step, request, { event: "handler_appealed" });
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

type OfWork = Pick<Telling, "dueDate" | "workingDaysLeft" | "choices"> & {
  event:
    | Extract<ToOne, "handler_answered" | "handler_returned" | "handler_approved">
    | "handler_filed"
    | "handler_appealed"
    | "handler_reminded";
  /** Who may take it up, where that has been read. */
  handlers?: readonly Pick<Eligible, "id">[];
  /** The cases that go first, likewise. */
  urgent?: ReadonlySet<string>;
};

/**
 * Tells every handler who may take the case up, but not who acts just now, that nobody has taken it:
 * in-site at once; by mail those whose turn it is (handler-mails.ts), the others with their next digest.
 * Child data is mailed at once to each (P38). @returns how many are told
 */
export async function tellHandlers(
  step: RecordedStep,
  request: Request,
  { handlers, urgent, ...telling }: OfWork,
): Promise<number> {
  handlers ??= await eligibleHandlersOf(step.tx, request);
  urgent ??= await urgentAmong(step.tx, [request]);
  const userIds = handlers.map(({ id }) => id).filter((id) => id !== step.actor.id);
  const matter = telling.event === "handler_reminded" ? "open_due" : "queue";
  const isUrgent = urgent.has(request.id);
  const { atOnce, daily } = isUrgent
    ? { atOnce: userIds, daily: [] }
    : await chosenOf(step, telling, { userIds, matter });
  const turns = isUrgent ? atOnce : [...(await takeMailTurns(step.tx, atOnce, step.now))];
  await tellApart(step, request, { ...telling, userIds, atOnce: turns, daily, isUrgent });
  return userIds.length;
}

type Chosen = ReturnType<typeof chosenBy>;

/** As each chose (handler-choices.ts); on a last day, and once it has passed, everybody is mailed at once. */
const chosenOf = async (
  { tx }: RecordedStep,
  { workingDaysLeft = 1, choices }: Pick<Telling, "workingDaysLeft" | "choices">,
  asked: { userIds: readonly string[]; matter: HandlerMatter },
): Promise<Chosen> =>
  workingDaysLeft <= 0
    ? { atOnce: [...asked.userIds], daily: [] }
    : chosenBy(choices ?? (await readChoices(tx)), asked);

/** Tells handlers in-site, some of them by mail as well, and lets it wait for the digest of others. */
async function tellApart(
  step: RecordedStep,
  request: Request,
  { userIds, atOnce, daily, ...telling }: Telling & Chosen,
): Promise<void> {
  const others = userIds.filter((id) => !atOnce.includes(id));
  if (atOnce.length > 0) await tell(step, request, { ...telling, userIds: atOnce });
  if (others.length === 0) return;
  const { id } = await tell(step, request, { ...telling, userIds: others, channels: ["inbox"] });
  if (daily.length > 0)
    await step.tx
      .insert(digestItems)
      .values(daily.map((userId) => ({ userId, broadcastId: id, since: step.now })));
}

/** Tells a handler of something of theirs. */
async function tellOwn(
  step: RecordedStep,
  request: Request,
  {
    userId,
    matter,
    ...telling
  }: Omit<Telling, "userIds"> & { userId: string; matter: HandlerMatter },
): Promise<void> {
  const chosen = await chosenOf(step, telling, { userIds: [userId], matter });
  await tellApart(step, request, { ...telling, userIds: [userId], ...chosen });
}

/** Tells a handler that a colleague has put cases into their hands: of many in one message. */
export async function tellAssigned(
  step: RecordedStep,
  userId: string,
  given: readonly Request[],
): Promise<void> {
  const [first] = given;
  if (!first || userId === step.actor.id) return;
  await tellOwn(step, first, {
    ...{ event: "handler_assigned", matter: "assigned", userId },
    ...(given.length > 1 && {
      waiting: { ...waitingOf(given), ids: given.map(({ id }) => id) },
    }),
  });
}

/** So many of a digest are named; the rest is counted. */
const NAMED = 5;

/** Mails one handler what nobody has taken, in one mail; in-site they have it already. */
export async function tellDigest(
  step: RecordedStep,
  { userId, waiting }: { userId: string; waiting: readonly Request[] },
): Promise<void> {
  const [first] = waiting;
  if (!first) return;
  const told = { userIds: [userId], channels: ["email"] as const };
  await tell(step, first, { ...told, event: "handler_digest", waiting: waitingOf(waiting) });
}

/** Mails one handler what waited for their digest of the day, the nearest day first. @returns its broadcast */
export const tellDaily = (
  step: RecordedStep,
  { userId, waiting }: { userId: string; waiting: readonly [Request, ...Request[]] },
) =>
  tell(step, waiting[0], {
    ...{ event: "handler_daily", userIds: [userId], channels: ["email"] },
    waiting: waitingOf(waiting),
  });

const nearness = ({ dueDate, number }: Request): string => `${dueDate} ${number}`;

const waitingOf = (waiting: readonly Request[]) => ({
  count: waiting.length,
  nearest: waiting
    .toSorted((a, b) => nearness(a).localeCompare(nearness(b)))
    .slice(0, NAMED)
    .map(({ number, type, dueDate, isDueProvisional }) => ({
      ...{ number, type, dueDate, isDueProvisional },
    })),
});

/** Tells those who may review a proposal that it waits for them. */
export async function tellReviewers(
  step: RecordedStep,
  request: Request,
  proposedBy: string,
): Promise<void> {
  const reviewers = await eligibleReviewersOf(step.tx, request, proposedBy);
  const userIds = reviewers.map(({ id }) => id);
  if (userIds.length > 0) await tell(step, request, { event: "handler_review", userIds });
}

/** Tells who proposed an answer what became of it in the review; once they left, whoever has the case now. */
export const tellProposer = (
  step: RecordedStep,
  request: Request,
  { event, proposedBy }: { event: "handler_returned" | "handler_approved"; proposedBy: string },
) => tellOrOthers(step, request, { event, inTurn: [proposedBy, request.handlerId] });

/** Tells whoever has the case, unless they act themselves. */
export async function tellHandler(
  step: RecordedStep,
  request: Request,
  event: "handler_answered" | "handler_withdrawn",
): Promise<void> {
  const { handlerId } = request;
  if (handlerId) await tellOrOthers(step, request, { event, inTurn: [handlerId] });
}

type ToOne = "handler_returned" | "handler_approved" | "handler_answered" | "handler_withdrawn";

/**
 * Tells the first of these people who still is a handler, unless they act themselves. Where none is,
 * what somebody may have to go on with goes to all who may take the case up.
 */
async function tellOrOthers(
  step: RecordedStep,
  request: Request,
  { event, inTurn }: { event: ToOne; inTurn: readonly (string | null)[] },
): Promise<void> {
  const still = await handlersAmong(step.tx, inTurn);
  const userId = inTurn.find((id) => id !== null && still.has(id));
  if (!userId) {
    if (event !== "handler_withdrawn") await tellHandlers(step, request, { event });
  } else if (userId === step.actor.id) return;
  else if (event === "handler_returned" || event === "handler_approved")
    await tell(step, request, { event, userIds: [userId] });
  else await tellOwn(step, request, { event, userId, matter: "requester" });
}

/** Who is to be reminded of which day, and how many working days are left; -1 once it has passed. */
export type Reminder = {
  event: "handler_reminded" | "developer_reminded";
  userIds: string[];
  dueDate: string;
  workingDaysLeft: number;
  /** What handlers chose, where that has been read. */
  choices?: Choices;
};

/** Reminds those of an account who may bind it, or who has a case, of a day that comes near or has passed. */
export async function tellReminder(
  step: RecordedStep,
  request: Request,
  { event, userIds, ...due }: Reminder,
): Promise<void> {
  if (event === "developer_reminded") await tell(step, request, { event, userIds, ...due });
  else
    for (const userId of userIds)
      await tellOwn(step, request, { event, userId, matter: "own_due", ...due });
}

type OfAccount = Pick<Request, "accountId">;

/** Those who may bind the account a request is about. */
const signatoriesOf = async (tx: Tx, request: OfAccount): Promise<string[]> =>
  (await signatoriesOfAll(tx, [request])).map(({ id }) => id);

/** Those who may bind the accounts of many requests. */
export const signatoriesOfAll = (tx: Tx, requests: readonly OfAccount[]) =>
  tx
    .select({ accountId: members.accountId, id: members.userId })
    .from(members)
    .where(
      and(
        inArray(
          members.accountId,
          requests.flatMap(({ accountId }) => accountId ?? []),
        ),
        isNull(members.leftAt),
        inArray(members.role, [...BINDING_ROLES]),
      ),
    );

type Telling = {
  event: RequestUpdate;
  userIds: string[];
  /** The day that concerns them, where it is not the request's own. */
  dueDate?: string;
  workingDaysLeft?: number;
  isUrgent?: boolean;
  waiting?: RequestUpdateFacts["waiting"];
  channels?: readonly Channel[];
  /** What handlers chose, where that has been read. */
  choices?: Choices;
};

function tell(step: RecordedStep, request: Request, telling: Telling) {
  const { event, userIds, dueDate = request.dueDate, workingDaysLeft, isUrgent, waiting } = telling;
  const { id, number, type, accountId } = request;
  return startBroadcast(step, {
    kind: "request_update",
    subjectId: id,
    facts: {
      ...{ requestId: id, number, type, event, dueDate },
      isDueProvisional: request.isDueProvisional && dueDate === request.dueDate,
      ...(workingDaysLeft !== undefined && { workingDaysLeft }),
      ...(isUrgent && { isUrgent }),
      ...(waiting && { waiting }),
    },
    audience: accountId && isForAccount(event, request) ? { accountId, userIds } : { userIds },
    ...(telling.channels && { channels: telling.channels }),
  });
}

/** Told on behalf of an account: a developer's own request, and what its account was asked. */
const isForAccount = (event: RequestUpdate, { requesterKind }: Request): boolean =>
  event.startsWith("developer_") ||
  (!event.startsWith("handler_") && requesterKind === "developer");
