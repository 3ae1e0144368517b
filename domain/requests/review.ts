import { eq } from "drizzle-orm";
import { z } from "zod";

import { type Request, requestDecisions } from "@/db/schema";
import type { ReviewDecision } from "@/db/vocabulary/reviews";

import { person } from "../access/permissions";
import { Conflict } from "../errors";
import { markReadAbout } from "../inbox/about";
import { uuid } from "../input";
import { assertAnother } from "../reviews/rules";
import { query } from "../query";
import { type RecordedStep, verb } from "../verb";
import { answer, type Decision, openProposal } from "./answer";
import { disposalsOf } from "./disposals";
import { eligibleReviewersOf } from "./eligible-handlers";
import { requestNumber, seen, words } from "./input";
import { lockRequest, moveRequest } from "./move";
import { allowsDisposals, canMove, standingOf } from "./rules";
import { findStaffRequest } from "./staff-requests";
import { tellProposer } from "./tell";

/**
 * A second person approves exactly the proposal they read. It is the answer at once, or once the
 * data is dealt with as planned.
 * @returns whether the requester has the answer now
 * @throws NotFound; Conflict for one's own proposal or request, or when another proposal waits now
 */
export const approveDecision = verb({
  may: "request.review",
  fresh: true,
  input: z.object({ ...seen, decisionId: uuid }),

  async run(step, of) {
    const { request, proposal } = await openReview(step, of);
    if (!canMove(standingOf(request), proposal.decision))
      throw new Conflict("requests.errors.notVerified");
    if (!allowsDisposals(request.type) && (await disposalsOf(step.tx, request.id)).length > 0)
      throw new Conflict("requests.errors.noDisposal");
    const decision = await judge(step, proposal, { verdict: "approved" });
    await step.record("request.approved", {
      id: request.id,
      after: { decisionId: decision.id, decision: decision.decision, code: decision.code },
    });
    await markReadAbout(step, { subjectIds: [request.id] });
    const { proposedBy } = proposal;
    await tellProposer(step, request, { event: "handler_approved", proposedBy });
    return { isAnswered: await answer(step, { request, decision }) };
  },
});

/**
 * A second person sends the proposal back, with a reason; the case stands again as it did before.
 * @throws NotFound, Conflict, Invalid
 */
export const sendBackDecision = verb({
  may: "request.review",
  input: z.object({ ...seen, decisionId: uuid, reason: words(2000) }),

  async run(step, { reason, ...of }) {
    const { request, proposal } = await openReview(step, of);
    await judge(step, proposal, { verdict: "rejected", reason });
    const returned = await moveRequest(step, { request, to: proposal.proposedFrom });
    await markReadAbout(step, { subjectIds: [request.id] });
    const { proposedBy } = proposal;
    await tellProposer(step, returned, { event: "handler_returned", proposedBy });
    await step.record("request.sent_back", {
      id: request.id,
      after: { decisionId: proposal.id },
    });
  },
});

/** Who may review the proposal that waits; nobody where none does. @throws NotFound */
export const listEligibleReviewers = query({
  may: "request.review",
  input: z.object({ number: requestNumber }),

  async run({ db, actor }, { number }) {
    const request = await findStaffRequest(db, { actor, number });
    const proposal = await openProposal(db, request.id);
    return proposal ? eligibleReviewersOf(db, request, proposal.proposedBy) : [];
  },
});

type Seen = { number: string; revision: number; decisionId: string };

async function openReview(
  { tx, actor }: RecordedStep,
  { number, revision, decisionId }: Seen,
): Promise<{ request: Request; proposal: Decision }> {
  const request = await lockRequest(tx, { number }, revision);
  const proposal = await openProposal(tx, request.id);
  if (request.status !== "in_review" || proposal?.id !== decisionId)
    throw new Conflict("requests.errors.movedOn");
  const { id } = person(actor);
  assertAnother(id, [proposal.proposedBy], "requests.errors.ownProposal");
  assertAnother(id, [request.requesterId], "requests.errors.ownRequest");
  const reviewers = await eligibleReviewersOf(tx, request, proposal.proposedBy);
  if (!reviewers.some((one) => one.id === id))
    throw new Conflict("requests.errors.reviewOfOwnAnswer");
  return { request, proposal };
}

type Verdict = { verdict: ReviewDecision; reason?: string };

async function judge(
  { tx, actor, now }: RecordedStep,
  { id }: Decision,
  { verdict, reason }: Verdict,
): Promise<Decision> {
  const [judged] = await tx
    .update(requestDecisions)
    .set({ verdict, reviewedBy: actor.id, reviewedAt: now, reviewNote: reason ?? null })
    .where(eq(requestDecisions.id, id))
    .returning();
  if (!judged) throw new Conflict("requests.errors.movedOn");
  return judged;
}
