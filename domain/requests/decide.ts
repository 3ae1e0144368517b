import { eq } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { disposals, type Request, requestDecisions } from "@/db/schema";
import {
  LEGAL_BASES,
  REFUSAL_CODES,
  REQUEST_DECISIONS,
  type LegalBasis,
  type RequestDecision,
  type StandardParagraph,
} from "@/db/vocabulary/requests";
import { seal } from "@/lib/seal";

import { Conflict, Invalid } from "../errors";
import { query } from "../query";
import { verb } from "../verb";
import { clockStart } from "./due-date";
import { seen, words } from "./input";
import { RIGHTS } from "./rights";
import { hasBegunDeleting } from "./order-deletion";
import { filesInput, keepFiles } from "./keep-file";
import { scanFiles } from "./scan-file";
import { moveRequest, writeRequest } from "./move";
import { lockHandledRequest } from "./handled-request";
import { allowsDisposals, canMove, canPropose, needsCode, standingOf } from "./rules";
import { findStaffRequest } from "./staff-requests";
import { tellReviewers } from "./tell";

export const decisionInput = z
  .object({
    ...seen,
    decision: z.enum(REQUEST_DECISIONS, { error: "errors.field.required" }),
    code: z.enum(REFUSAL_CODES).nullable().catch(null),
    explanation: words(8000),
    withEea: z.boolean().default(false),
    /** On what the processing rests: picked where the requester asked for it (P50). */
    bases: z.array(z.enum(LEGAL_BASES)).default([]),
    files: filesInput,
  })
  .refine(({ decision, code }) => !needsCode(decision) || code, {
    path: ["code"],
    error: "requests.errors.codeMissing",
  });

/**
 * Proposes an answer to a second person. Granted, wholly or partly, is only what was verified (P27);
 * before, no more than a refusal can be proposed. What is not wholly granted names its reason (P35, P36); a
 * deletion has a plan for its data; withdrawn consent is explained by the standard sentence (P31).
 * @throws NotFound; Conflict; Invalid with every missing part at its field
 */
export const proposeDecision = verb({
  may: "request.handle",
  input: decisionInput,

  prepare: async (given) => ({ ...given, files: await scanFiles(given.files) }),

  async run(step, { decision, code, explanation, withEea, bases, files, ...of }) {
    const request = await lockHandledRequest(step, of);
    if (request.decisionId) throw new Conflict("requests.errors.planApproved");
    assertProposable(request, decision);
    assertBases(request, { decision, bases });
    await assertPlanFits(step.tx, request, decision);
    const [proposal] = await step.tx
      .insert(requestDecisions)
      .values({
        requestId: request.id,
        decision,
        code: needsCode(decision) ? code : null,
        explanation: seal(explanation, "request.explanation"),
        paragraphs: paragraphsOf(request, { decision, withEea }),
        bases: basesOf(request, bases),
        proposedBy: step.actor.id,
        proposedAt: step.now,
        proposedFrom: request.status,
      })
      .returning({ id: requestDecisions.id });
    if (!proposal) throw new Error("the proposal was not written");
    const home = { requestId: request.id, decisionId: proposal.id };
    const kept = await keepFiles(step, home, files);
    const waiting = await moveRequest(step, { request, to: "in_review" });
    await tellReviewers(step, waiting, step.actor.id);
    await step.record("request.proposed", {
      id: request.id,
      after: { decision, code, files: kept.map(({ sha256 }) => sha256) },
    });
    return { decisionId: proposal.id };
  },
});

/** A proposal as its requester would read it; nothing is stored. @throws NotFound, Invalid */
export const previewDecision = query({
  may: "request.handle",
  input: decisionInput,

  async run({ db, actor }, { number, decision, code, explanation, withEea, bases, files }) {
    const request = await findStaffRequest(db, { actor, number });
    return {
      decision,
      code: needsCode(decision) ? code : null,
      explanation,
      paragraphs: paragraphsOf(request, { decision, withEea }),
      bases: basesOf(request, bases),
      isFinal: (await clockStart(db, request)) > request.receivedAt,
      hasPage: request.requesterId !== null,
      files: files.map(({ fileName, bytes }) => ({ name: fileName, size: bytes.length })),
    };
  },
});

/** Lays an approved decision aside before it is carried out, so that the plan may change. @throws NotFound; Conflict, also once users are deleted */
export const reconsiderDecision = verb({
  may: "request.handle",
  input: z.object(seen),

  async run(step, of) {
    const request = await lockHandledRequest(step, of);
    if (request.status !== "in_progress" || !request.decisionId)
      throw new Conflict("requests.errors.movedOn");
    if (await hasBegunDeleting(step.tx, request.id))
      throw new Conflict("disposals.errors.deletionBegun");
    await writeRequest(step.tx, request, { decisionId: null });
    await step.record("request.reopened", {
      id: request.id,
      before: { decisionId: request.decisionId },
    });
  },
});

type Answer = { decision: RequestDecision; withEea: boolean };

/**
 * The sentences that stand under an answer besides its explanation: what withdrawn consent means,
 * unless the withdrawal was refused (P31), and the rights of persons in the EEA: for who is there
 * always, else where the handler ticks it (P50).
 */
const paragraphsOf = (
  { type, region }: Pick<Request, "type" | "region">,
  { decision, withEea }: Answer,
): StandardParagraph[] => [
  ...[decision === "refused" ? [] : (RIGHTS[type].sentence ?? [])].flat(),
  ...(withEea || region === "eea" ? (["eea"] as const) : []),
];

/** The grounds in the order of the guide; of a request that did not ask for them, none. */
const basesOf = ({ type }: Pick<Request, "type">, bases: readonly LegalBasis[]): LegalBasis[] =>
  RIGHTS[type].namesBasis ? LEGAL_BASES.filter((one) => bases.includes(one)) : [];

type Named = { decision: RequestDecision; bases: readonly LegalBasis[] };

/** @throws Invalid where a legal basis was asked for and none is named (P50) */
function assertBases(request: Request, { decision, bases }: Named): void {
  if (RIGHTS[request.type].namesBasis && decision !== "refused" && bases.length === 0)
    throw new Invalid("errors.form", { bases: ["requests.errors.basisMissing"] });
}

/** @throws Conflict where nothing is answered now; Invalid where only a verified case is granted (P27), or only one whose stop is confirmed (P38) */
function assertProposable(request: Request, decision: RequestDecision) {
  const standing = standingOf(request);
  if (!canMove(standing, "in_review")) throw new Conflict("requests.errors.movedOn");
  if (!canPropose(standing, decision))
    throw new Invalid("errors.form", { decision: ["requests.errors.notVerified"] });
  if (decision !== "refused" && request.stopOrderedAt && !request.stopConfirmedAt)
    throw new Invalid("errors.form", { decision: ["requests.errors.stopNotConfirmed"] });
}

/** A refusal leaves nothing to be done; a deletion that is granted says what becomes of the data. */
async function assertPlanFits(tx: Tx, { id, type }: Request, decision: RequestDecision) {
  const plan = await tx.select().from(disposals).where(eq(disposals.requestId, id));
  if (!allowsDisposals(type) && plan.length > 0)
    throw new Invalid("errors.form", { decision: ["requests.errors.noDisposal"] });
  const isRefused = decision === "refused";
  if (isRefused && plan.some(({ doneAt }) => doneAt === null))
    throw new Invalid("errors.form", { decision: ["requests.errors.planOfRefused"] });
  const granting = decision === "fulfilled" ? plan.filter(({ action }) => action !== "hold") : plan;
  if (!isRefused && allowsDisposals(type) && granting.length === 0)
    throw new Invalid("errors.form", { decision: ["requests.errors.planMissing"] });
}
