import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";

import type { Tx } from "@/db/client";
import { auditEntries, requestDecisions } from "@/db/schema";
import { acting } from "@/tests/support/context";
import { asOwner } from "@/tests/support/owner";
import { givenStaff } from "@/tests/support/people";
import {
  asSeen,
  givenApproval,
  givenProposal,
  givenRequest,
  givenRequestDesk,
  givenTaken,
} from "@/tests/support/requests";

import { readOwnAnswer, readStaffAnswer } from "./answer-sheet";
import { appealDecision } from "./appeal";
import { assignRequest } from "./assign";
import { proposeDecision } from "./decide";
import { approveDecision } from "./review";

const { handler, colleague, approver, requester } = await givenRequestDesk();
const reader = acting(requester, "2026-03-20 09:00");
const desk = acting(handler, "2026-03-20 09:00");

/** Received on Monday 2 March, refused on Thursday the 5th. */
async function givenAnswered(requesterId: string | null = requester.id) {
  const request = await givenRequest(requesterId, { type: "consult" });
  await givenTaken(request, handler);
  const { decisionId } = await givenProposal(request, handler, {
    decision: "refused",
    code: "R-a",
  });
  await givenApproval(request, approver, decisionId);
  return { request, decisionId, first: { number: request.number, sequence: "1" } };
}

/** What nobody can do here: the database lets no answer nor entry be changed. */
const pastTriggers = (write: (tx: Tx) => Promise<unknown>) =>
  asOwner((own) =>
    own.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await write(tx);
    }),
  );

test("the requester and the desk open one answer: what it says, its working day and its fingerprint", async () => {
  const { first, decisionId } = await givenAnswered();
  const own = await readOwnAnswer(reader, first);
  expect(own).toMatchObject({
    answer: { id: decisionId, decision: "refused", code: "R-a", isAppealed: false, hasPage: true },
    term: { passed: 3, all: 15, over: 0, isAppeal: false },
    isUnchanged: true,
  });
  expect(await readStaffAnswer(desk, first)).toEqual(own);
  expect(own.answer.explanation).toBe("我们核对了您提供的材料。");
});

test("an appeal's answer is a second sheet on a term of its own, and the first one stands", async () => {
  const { request, first } = await givenAnswered();
  const before = await readOwnAnswer(reader, first);
  await appealDecision(acting(requester, "2026-03-10 09:00"), { ...request, reason: "不同意" });
  const at = (time: string) => acting(colleague, time);
  await assignRequest(at("2026-03-11 09:00"), {
    ...(await asSeen(request)),
    handlerId: colleague.id,
  });
  const { decisionId } = await proposeDecision(at("2026-03-11 10:00"), {
    ...(await asSeen(request)),
    ...{ decision: "refused", code: "R-a", explanation: "再次核对，结论不变。" },
  });
  await approveDecision(acting(approver, "2026-03-12 10:00"), {
    ...(await asSeen(request)),
    decisionId,
  });
  const { answer, term, isUnchanged } = await readOwnAnswer(reader, { ...first, sequence: "2" });
  expect(answer).toMatchObject({ id: decisionId, isFinal: true, isAppealed: false });
  expect([term.isAppeal, term.passed, isUnchanged]).toEqual([true, 2, true]);
  const after = await readOwnAnswer(reader, first);
  expect(after).toEqual({ ...before, answer: { ...before.answer, isAppealed: true } });
});

test("an answer that is no longer what was given says so; one of before fingerprints claims nothing", async () => {
  const { request, first, decisionId } = await givenAnswered();
  await pastTriggers((tx) =>
    tx.update(requestDecisions).set({ code: "R-b" }).where(eq(requestDecisions.id, decisionId)),
  );
  expect((await readOwnAnswer(reader, first)).isUnchanged).toBe(false);
  await pastTriggers((tx) =>
    tx
      .update(auditEntries)
      .set({ after: sql`${auditEntries.after} - 'answerHash'` })
      .where(eq(auditEntries.subjectId, request.id)),
  );
  expect((await readOwnAnswer(reader, first)).isUnchanged).toBeNull();
});

test("whose request it is not, what was never answered and what is no number find nothing", async () => {
  const { first } = await givenAnswered();
  const stranger = acting(await givenStaff(), "2026-03-20 09:00");
  const open = await givenRequest(requester.id, { type: "consult" });
  await expect(readOwnAnswer(stranger, first)).rejects.toThrow("errors.notFound");
  await expect(readStaffAnswer(acting(approver, "2026-03-20 09:00"), first)).rejects.toThrow(
    "errors.notFound",
  );
  await expect(readOwnAnswer(reader, { ...first, sequence: "2" })).rejects.toThrow(
    "errors.notFound",
  );
  await expect(readOwnAnswer(reader, { ...first, sequence: "x" })).rejects.toThrow("errors.form");
  await expect(readOwnAnswer(reader, { number: open.number, sequence: 1 })).rejects.toThrow(
    "errors.notFound",
  );
});

test("who left no address has no page of it: the desk's sheet tells them another way to object", async () => {
  const { first } = await givenAnswered(null);
  expect((await readStaffAnswer(desk, first)).answer.hasPage).toBe(false);
});
