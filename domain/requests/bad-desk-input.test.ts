import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { disposals, requestDecisions, type Request } from "@/db/schema";
import type { Context } from "@/domain/context";
import { acting } from "@/tests/support/context";
import { BAD_TEXTS } from "@/tests/support/filing";
import {
  asSeen,
  current,
  givenRequestDesk,
  givenPlan,
  givenProposal,
  givenRequest,
  givenTaken,
} from "@/tests/support/requests";

import { Conflict, Invalid, NotAllowed, NotFound } from "../errors";
import { appealDecision } from "./appeal";
import { assignRequest } from "./assign";
import { previewDecision, proposeDecision } from "./decide";
import { answerAsDeveloper } from "./developer-task";
import { completeDisposal, dropDisposal, planDisposal } from "./disposals";
import { listQueue } from "./list-queue";
import { readStaffRequest } from "./read-staff-request";
import { readReceipt } from "./receipt";
import { approveDecision, sendBackDecision } from "./review";
import { routeToDeveloper, takeBack } from "./route";
import { showSubjects } from "./show-contents";
import { askForMore, verifyRequest } from "./verify";
import { noteOnRequest, writeToRequester } from "./write";

const { handler, approver, requester } = await givenRequestDesk();

const AT = "2026-03-04 09:00";
const NO_PLAN = { holdReason: null, holdText: null, dueDate: "2026-03-20" } as const;
const REFUSALS = [Invalid, Conflict, NotFound, NotAllowed];

/** Every act on a case, with one text in every place that takes one. */
function acts(
  ctx: Context,
  { number, revision }: Pick<Request, "number" | "revision">,
  bad: string,
) {
  const seen = { number, revision };
  const answer = { ...seen, decision: "refused", code: "R-a", withEea: false } as const;
  const any = bad as never;
  return [
    () => askForMore(ctx, { ...seen, text: bad }),
    () => writeToRequester(ctx, { number, message: bad }),
    () => noteOnRequest(ctx, { number, note: bad }),
    () => routeToDeveloper(ctx, { ...seen, appId: bad, accountId: bad }),
    () => assignRequest(ctx, { ...seen, handlerId: bad }),
    () => planDisposal(ctx, { ...seen, ...NO_PLAN, store: any, action: "delete" }),
    () => planDisposal(ctx, { ...seen, ...NO_PLAN, store: "media", action: any }),
    () =>
      planDisposal(ctx, { ...seen, ...NO_PLAN, store: "media", action: "delete", dueDate: bad }),
    () =>
      planDisposal(ctx, {
        ...{ ...seen, ...NO_PLAN, store: "media", action: "hold" },
        ...{ holdReason: "law", holdText: bad },
      }),
    () => dropDisposal(ctx, { ...seen, disposalId: bad }),
    () => completeDisposal(ctx, { ...seen, disposalId: bad, result: bad }),
    () => completeDisposal(ctx, { ...seen, disposalId: randomUUID(), result: bad }),
    () => proposeDecision(ctx, { ...answer, code: any, explanation: bad }),
    () => previewDecision(ctx, { ...answer, explanation: bad }),
    () => approveDecision(ctx, { ...seen, decisionId: bad }),
    () => sendBackDecision(ctx, { ...seen, decisionId: randomUUID(), reason: bad }),
    () => answerAsDeveloper(ctx, { number, answer: any, text: bad }),
    () => appealDecision(ctx, { number, reason: bad }),
    () => verifyRequest(ctx, { number, revision: any }),
    () => takeBack(ctx, { number: bad, revision: 1 }),
    () => showSubjects(ctx, { number: bad }),
    () => readStaffRequest(ctx, { number: bad }),
    () => readReceipt(ctx, { number: bad }),
    () => listQueue(ctx, { view: any, type: any, text: bad, page: any }),
  ];
}

test.each(Object.entries(BAD_TEXTS))(
  "%s in every field of the desk is kept whole or refused by a sentence",
  async (_, bad) => {
    const request = await givenRequest(requester.id);
    await givenTaken(request, handler);
    for (const person of [handler, requester]) {
      for (let index = 0; ; index += 1) {
        const act = acts(acting(person, AT), await current(request), bad)[index];
        if (!act) break;
        const outcome = await act().then(
          () => null,
          (error: unknown) => error,
        );
        if (outcome !== null)
          expect(
            REFUSALS.some((refusal) => outcome instanceof refusal),
            `act ${index} of ${person.name}: ${String(outcome)}`,
          ).toBe(true);
      }
    }
  },
  30_000,
);

test("days that are none, or lie before the request, are refused at the field", async () => {
  const request = await givenRequest(requester.id);
  await givenTaken(request, handler);
  for (const [dueDate, key] of [
    ["2026-02-30", "errors.field.date"],
    ["20.3.2026", "errors.field.date"],
    ["", "errors.field.date"],
    ["2026-03-03", "requests.errors.dayPassed"],
    ["0001-01-01", "errors.field.date"],
    ["0001-01-02", "requests.errors.dayPassed"],
  ] as const)
    await expect(
      planDisposal(acting(handler, AT), {
        ...(await asSeen(request)),
        ...{ ...NO_PLAN, store: "media", action: "delete", dueDate },
      }),
      dueDate,
    ).rejects.toMatchObject({ fields: { dueDate: [key] } });
});

test("what belongs to another case is not found, moved on, and stays as it is", async () => {
  const [one, other] = [await givenRequest(requester.id), await givenRequest(requester.id)];
  for (const request of [one, other]) await givenTaken(request, handler);
  await givenPlan(other, handler);
  const { decisionId } = await givenProposal(other, handler, { decision: "fulfilled" });
  const [foreign] = (await readStaffRequest(acting(handler, AT), other)).disposals;
  await dropDisposal(acting(handler, AT), {
    ...(await asSeen(one)),
    disposalId: foreign!.id,
  });
  const complete = completeDisposal(acting(handler, AT), {
    ...(await asSeen(one)),
    ...{ disposalId: foreign!.id, result: "已删除" },
  });
  await expect(complete).rejects.toBeInstanceOf(Conflict);
  const approve = approveDecision(acting(approver, AT), { ...(await asSeen(one)), decisionId });
  await expect(approve).rejects.toBeInstanceOf(Conflict);
  const untouched = await db.select().from(disposals);
  expect(untouched.filter(({ requestId }) => requestId === other.id)).toHaveLength(2);
  const decisions = await db.select().from(requestDecisions);
  expect(decisions.every(({ verdict }) => verdict === null)).toBe(true);
});

test("a handler who asked themselves is refused at every act on the case", async () => {
  const request = await givenRequest(handler.id);
  const mine = acting(handler, AT);
  const seen = await asSeen(request);
  await expect(assignRequest(mine, { ...seen, handlerId: handler.id })).rejects.toMatchObject({
    messageKey: "requests.errors.ownRequest",
  });
  await expect(noteOnRequest(mine, { number: request.number, note: "?" })).rejects.toMatchObject({
    messageKey: "requests.errors.ownRequest",
  });
  for (const act of [
    () => readStaffRequest(mine, { number: request.number }),
    () => showSubjects(mine, { number: request.number }),
  ])
    await expect(act()).rejects.toBeInstanceOf(NotFound);
  const { rows } = await listQueue(mine, { view: "open", text: request.number });
  expect(rows).toEqual([]);
});
