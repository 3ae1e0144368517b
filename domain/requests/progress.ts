import type { RequestStatus } from "@/db/vocabulary/requests";

import { isAnswered, isOpen } from "./rules";

export type RequestEvent = { status: RequestStatus; at: Date };

type Stage = "received" | "verifying" | "in_progress" | "answered" | "appealed" | "withdrawn";

export type ProgressStep = {
  /** Its place among the steps: an answer can come twice, before and after an appeal. */
  key: string;
  stage: Stage;
  /** `unfinished`: begun, and the case ended or went on without it. */
  state: "done" | "current" | "todo" | "unfinished";
  /** When it was done, or begun where it is not; null for what is still to come. */
  at: Date | null;
};

const CHECK: ReadonlySet<RequestStatus> = new Set(["verifying", "need_more"]);
/** A proposal may come from the check as well, as a refusal of what nobody could verify. */
const WORK: ReadonlySet<RequestStatus> = new Set(["in_progress", "with_developer", "in_review"]);
/** Only these say that the materials were found good. */
const VERIFIED: ReadonlySet<RequestStatus> = new Set(["in_progress", "with_developer"]);

/**
 * The steps of a request as its events tell them, oldest first: a step is done where an event says
 * so, with that event's time, and what never happened in a closed case is not listed. After an
 * appeal the answer before stands first, and the steps of the new round follow.
 */
export function progressOf(events: readonly RequestEvent[]): ProgressStep[] {
  const [filed, last] = [events[0], events.at(-1)];
  if (!filed || !last) return [];
  const lastAppeal = events.findLastIndex(({ status }) => status === "appealed");
  const round = events.slice(lastAppeal + 1);
  const steps = [
    doneStep("received", filed),
    ...(lastAppeal < 0 ? [] : beforeAppeal(events.slice(0, lastAppeal + 1))),
    ...(lastAppeal < 0 ? [checkStep(round, last)] : []),
    workStep(round, { last, isAppeal: lastAppeal >= 0 }),
    endStep(last),
  ];
  const isClosed = !isOpen(last.status);
  return steps
    .filter(({ state }) => !(isClosed && state === "todo"))
    .map((step, index) => ({ ...step, key: `${index}-${step.stage}` }));
}

type Step = Omit<ProgressStep, "key">;
const doneStep = (stage: Stage, { at }: RequestEvent): Step => ({ stage, state: "done", at });

/** The answer that was appealed, and the appeal. */
function beforeAppeal(events: readonly RequestEvent[]): Step[] {
  const answer = events.findLast(({ status }) => isAnswered(status));
  const appeal = events.at(-1);
  return [
    ...(answer ? [doneStep("answered", answer)] : []),
    ...(appeal ? [doneStep("appealed", appeal)] : []),
  ];
}

function checkStep(round: readonly RequestEvent[], last: RequestEvent): Step {
  const stage = "verifying";
  const lastCheck = round.findLastIndex(({ status }) => CHECK.has(status));
  const passed = round.slice(lastCheck + 1).find(({ status }) => VERIFIED.has(status));
  if (lastCheck >= 0 && passed) return doneStep(stage, passed);
  const begun = round.find(({ status }) => CHECK.has(status));
  if (!begun) return { stage, state: "todo", at: null };
  return { stage, state: CHECK.has(last.status) ? "current" : "unfinished", at: begun.at };
}

type Round = { last: RequestEvent; isAppeal: boolean };

/** After an appeal, checking again is part of the work. */
function workStep(round: readonly RequestEvent[], { last, isAppeal }: Round): Step {
  const stage = "in_progress";
  const isWork = (status: RequestStatus) => WORK.has(status) || (isAppeal && CHECK.has(status));
  const begun = round.find(({ status }) => isWork(status));
  if (!begun) return { stage, state: "todo", at: null };
  if (isAnswered(last.status)) return doneStep(stage, last);
  if (isWork(last.status)) return { stage, state: "current", at: begun.at };
  return isOpen(last.status)
    ? { stage, state: "todo", at: null }
    : { stage, state: "unfinished", at: begun.at };
}

function endStep(last: RequestEvent): Step {
  if (last.status === "withdrawn") return doneStep("withdrawn", last);
  if (isAnswered(last.status)) return doneStep("answered", last);
  return { stage: "answered", state: "todo", at: null };
}
