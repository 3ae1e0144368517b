import { and, desc, eq, inArray, isNull } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import {
  disposals,
  type Request,
  requestDecisions,
  requestEvents,
  requestFiles,
} from "@/db/schema";
import { hashOf } from "@/lib/hash";
import { unsealText } from "@/lib/seal";

import type { RecordedStep } from "../verb";
import { moveRequest } from "./move";
import { issueReceipt } from "./receipt";
import { ANSWERED_STATUSES } from "./rules";

export type Decision = typeof requestDecisions.$inferSelect;

/** The decision a second person has approved and that still holds. */
export async function approvedDecision(
  db: Db | Tx,
  { decisionId }: Pick<Request, "decisionId">,
): Promise<Decision | null> {
  if (!decisionId) return null;
  const [decision] = await db
    .select()
    .from(requestDecisions)
    .where(eq(requestDecisions.id, decisionId));
  return decision ?? null;
}

/**
 * Gives the approved answer, unless data is still to be deleted or anonymised: "done" is said only
 * of what is done. With something deleted the requester gets a receipt.
 * @returns whether the answer was given
 */
export async function answer(
  step: RecordedStep,
  { request, decision }: { request: Request; decision: Decision },
): Promise<boolean> {
  const plan = await step.tx.select().from(disposals).where(eq(disposals.requestId, request.id));
  const acts =
    decision.decision === "refused" ? [] : plan.filter(({ action }) => action !== "hold");
  const isWaiting = acts.some(({ doneAt }) => doneAt === null);
  if (isWaiting) {
    if (request.status === "in_review")
      await moveRequest(step, { request, to: "in_progress", set: { decisionId: decision.id } });
    return false;
  }
  const receiptNumber =
    acts.length > 0 ? await issueReceipt(step, { request, decision, plan }) : request.receiptNumber;
  await moveRequest(step, {
    request,
    to: decision.decision,
    set: { decisionId: decision.id, receiptNumber },
  });
  const explanation = unsealText(decision.explanation, "request.explanation");
  await step.record("request.answered", {
    id: request.id,
    after: {
      ...{ decision: decision.decision, code: decision.code, receiptNumber },
      answerHash: await answerHash(step.tx, {
        request,
        answer: { ...decision, explanation, givenAt: step.now },
      }),
    },
  });
  return true;
}

type Given = Pick<Decision, "id" | "decision" | "code" | "paragraphs" | "bases"> & {
  explanation: string;
  givenAt: Date;
};

type Answering = { request: Request; answer: Given };

/** The fingerprint of all that an answer says, and of the files that go with it. */
export const answerHash = async (db: Db | Tx, answering: Answering): Promise<string> =>
  hashOf(await answerStated(db, answering));

/** What the fingerprint is made of. */
export async function answerStated(db: Db | Tx, { request, answer: given }: Answering) {
  const files = await db
    .select({ sha256: requestFiles.sha256 })
    .from(requestFiles)
    .where(eq(requestFiles.decisionId, given.id));
  const { decision, code, paragraphs, bases, explanation, givenAt } = given;
  return {
    ...{ number: request.number, type: request.type, decision, code, paragraphs, explanation },
    // An answer that names none has the fingerprint it had before answers could.
    ...(bases.length > 0 && { bases }),
    receivedAt: request.receivedAt.toISOString(),
    givenAt: givenAt.toISOString(),
    files: files.map(({ sha256 }) => sha256).toSorted(),
  };
}

/**
 * Every answer the requester was given, the latest first, each with its moment: after an appeal there
 * may be several. A proposal that nobody has approved is none, nor is one whose deletion is still to be
 * carried out, nor one that was taken up again before it was given.
 */
export async function givenAnswers(
  db: Db | Tx,
  { id }: Pick<Request, "id">,
): Promise<(Decision & { givenAt: Date })[]> {
  const moments = await db
    .select({ at: requestEvents.at })
    .from(requestEvents)
    .where(and(eq(requestEvents.requestId, id), inArray(requestEvents.status, ANSWERED_STATUSES)))
    .orderBy(desc(requestEvents.at), desc(requestEvents.id));
  const decisions = await db
    .select()
    .from(requestDecisions)
    .where(and(eq(requestDecisions.requestId, id), eq(requestDecisions.verdict, "approved")))
    .orderBy(desc(requestDecisions.reviewedAt));
  return moments.flatMap(({ at: givenAt }) => {
    const given = decisions.find(({ reviewedAt }) => reviewedAt && reviewedAt <= givenAt);
    return given ? [{ ...given, givenAt }] : [];
  });
}

export async function openProposal(db: Db | Tx, requestId: string): Promise<Decision | null> {
  const [proposal] = await db
    .select()
    .from(requestDecisions)
    .where(and(eq(requestDecisions.requestId, requestId), isNull(requestDecisions.verdict)));
  return proposal ?? null;
}
