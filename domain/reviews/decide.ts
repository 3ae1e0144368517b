import { reviews } from "@/db/schema";

import { person } from "../access/permissions";
import { Conflict } from "../errors";
import type { RecordedStep } from "../verb";
import { RETURNED } from "./draft";
import type { Draft, Kind, Named } from "./kind";
import { assertAnother, assertReason } from "./rules";

/** Somebody else decides on what waits. @returns who @throws Conflict */
export function openReview({ actor }: RecordedStep, { refusals }: Named, draft: Draft): string {
  const { id } = person(actor);
  if (draft.status !== "in_review") throw new Conflict(refusals.movedOn);
  assertAnother(id, draft.writerIds, refusals.ownWork);
  return id;
}

type Judgement<Judged> = {
  draft: Draft;
  /** The hash of what lay before the reviewer. */
  seen: string;
  /** The hash of what is there now. */
  hashNow: string | null;
  judged: Judged;
};

/**
 * Binds a second person's yes to exactly what they saw, which is kept with it.
 * @returns the reviewer. @throws Conflict when it does not wait, is not what was seen, or is one's own work
 */
export async function approve<Later extends string, Own, Judged>(
  step: RecordedStep,
  kind: Kind<Later, Own, Judged>,
  judgement: Judgement<Judged>,
): Promise<string> {
  return decide(step, kind, { ...judgement, reason: null });
}

/** A second person sends it back to its author, with a reason. @throws Conflict, Invalid */
export async function sendBack<Later extends string, Own, Judged>(
  step: RecordedStep,
  kind: Kind<Later, Own, Judged>,
  { reason, ...judgement }: Judgement<Judged> & { reason: string },
): Promise<void> {
  assertReason(reason, kind.refusals.noReason);
  await decide(step, kind, { ...judgement, reason });
  const { draft, seen } = judgement;
  await kind.write(step.tx, draft.id, { common: RETURNED });
  await step.record(`${kind.type}.rejected`, {
    id: draft.id,
    after: { contentHash: seen, reason },
  });
}

type Decision = Judgement<unknown> & { reason: string | null };

async function decide(step: RecordedStep, kind: Named, decision: Decision): Promise<string> {
  const { draft, seen, hashNow, judged, reason } = decision;
  const reviewerId = openReview(step, kind, draft);
  if (seen !== hashNow || seen !== draft.contentHash)
    throw new Conflict(kind.refusals.notWhatWasSeen);
  await step.tx.insert(reviews).values({
    subjectType: kind.type,
    subjectId: draft.id,
    contentHash: seen,
    judged,
    writerIds: draft.writerIds,
    reviewerId,
    decision: reason === null ? "approved" : "rejected",
    reason,
    decidedAt: step.now,
  });
  return reviewerId;
}
