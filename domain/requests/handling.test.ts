import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { type Request } from "@/db/schema";
import { REFUSAL_CODES } from "@/db/vocabulary/requests";
import type { Person } from "@/domain/context";
import { acting, beijing } from "@/tests/support/context";
import { recordOf } from "@/tests/support/record";
import {
  asSeen,
  current,
  givenApproval,
  givenRequestDesk,
  givenPlan,
  givenProposal,
  givenRequest,
  givenHeld,
  givenStopped,
  givenTaken,
  moveAs,
  told,
} from "@/tests/support/requests";

import { assignRequest } from "./assign";
import { previewDecision, reconsiderDecision } from "./decide";
import { completeDisposal, planDisposal } from "./disposals";
import { readStaffRequest } from "./read-staff-request";
import { readOwnRequest } from "./read-own";
import { readReceipt } from "./receipt";
import { sendBackDecision } from "./review";
import { askForMore, verifyRequest } from "./verify";
import { noteOnRequest, writeToRequester } from "./write";

const { handler, colleague, approver, requester, filed } = await givenRequestDesk();

const at = (person: Person, time = "2026-03-04 09:00") => acting(person, time);

describe("P26: materials are verified in time, and the requester hears of each step", () => {
  test("taken, asked for more, verified", async () => {
    const request = await filed();
    await assignRequest(at(handler), { ...(await asSeen(request)), handlerId: handler.id });
    expect((await current(request)).status).toBe("verifying");
    await askForMore(at(handler, "2026-03-04 10:00"), {
      ...(await asSeen(request)),
      text: "请补一张身份证明。",
    });
    expect((await current(request)).status).toBe("need_more");
    await verifyRequest(at(handler, "2026-03-05 09:00"), await asSeen(request));
    expect(await current(request)).toMatchObject({ status: "in_progress", handlerId: handler.id });
    expect(await told(request)).toEqual(["verifying", "need_more", "in_progress"]);
    const { messages, events } = await readStaffRequest(at(colleague), request);
    expect(messages).toMatchObject([{ direction: "to_requester", text: "请补一张身份证明。" }]);
    expect(events.map(({ status }) => status)).toEqual([
      ...["received", "verifying", "need_more", "in_progress"],
    ]);
  });

  test("asking without a word is refused at the field", async () => {
    const request = await filed();
    await assignRequest(at(handler), { ...(await asSeen(request)), handlerId: handler.id });
    await expect(
      askForMore(at(handler), { ...(await asSeen(request)), text: "  \n " }),
    ).rejects.toMatchObject({ fields: { text: ["errors.field.required"] } });
  });
});

describe("a case is in one pair of hands", () => {
  test("nobody handles their own request: the verb and the database refuse", async () => {
    const request = await givenRequest(handler.id);
    await expect(
      assignRequest(at(colleague), { ...(await asSeen(request)), handlerId: handler.id }),
    ).rejects.toThrow("requests.errors.ownRequest");
    await expect(
      db.execute(sql`update requests set handler_id = ${handler.id} where id = ${request.id}`),
    ).rejects.toThrow();
    await expect(readStaffRequest(at(handler), request)).rejects.toThrow("errors.notFound");
  });

  test("who is no handler gets no case", async () => {
    const request = await filed();
    await expect(
      assignRequest(at(handler), { ...(await asSeen(request)), handlerId: approver.id }),
    ).rejects.toThrow("errors.notFound");
  });

  test("a handler who saw an older state is told, and changes nothing", async () => {
    const request = await filed();
    const seen = await asSeen(request);
    await assignRequest(at(handler), { ...seen, handlerId: handler.id });
    await expect(
      assignRequest(at(colleague), { ...seen, handlerId: colleague.id }),
    ).rejects.toThrow("requests.errors.changedMeanwhile");
    expect((await current(request)).handlerId).toBe(handler.id);
  });

  test("what is in other hands is left alone", async () => {
    const request = await filed();
    await givenTaken(request, handler);
    await expect(
      writeToRequester(at(colleague), { number: request.number, message: "您好" }),
    ).rejects.toThrow("requests.errors.notYours");
    await noteOnRequest(at(colleague), { number: request.number, note: "参见类似请求" });
    expect(await told(request)).not.toContain("message");
  });
});

describe("P35, P36: a refusal names a reason and has a second reviewer", () => {
  test.each(["refused", "partly_fulfilled"] as const)(
    "%s without a code is refused",
    async (decision) => {
      const request = await filed({ type: "consult" });
      await givenTaken(request, handler);
      await expect(givenProposal(request, handler, { decision })).rejects.toMatchObject({
        fields: { code: ["requests.errors.codeMissing"] },
      });
      expect((await current(request)).status).toBe("in_progress");
    },
  );

  test.each(REFUSAL_CODES)(
    "%s is a reason, which the requester reads with its explanation and may appeal",
    async (code) => {
      const request = await filed({ type: "consult" });
      await givenTaken(request, handler);
      const { decisionId } = await givenProposal(request, handler, { decision: "refused", code });
      await givenApproval(request, colleague, decisionId);
      expect((await current(request)).status).toBe("refused");
      expect((await told(request)).at(-1)).toBe("decided");
      const answer = await readOwnRequest(acting(requester, "2026-03-06 10:00"), request);
      expect(answer.answers[0]).toMatchObject({ code, explanation: "我们核对了您提供的材料。" });
      await moveAs(requester, request, { to: "appealed", at: "2026-03-10 09:00" });
      expect((await current(request)).status).toBe("appealed");
    },
  );

  test("nobody reviews their own proposal: the verb and the database refuse", async () => {
    const request = await filed({ type: "consult" });
    await givenTaken(request, handler);
    const { decisionId } = await givenProposal(request, handler, {
      decision: "refused",
      code: "R-a",
    });
    await expect(givenApproval(request, handler, decisionId)).rejects.toThrow(
      "requests.errors.ownProposal",
    );
    await expect(
      db.execute(
        sql`update request_decisions set reviewed_by = proposed_by where id = ${decisionId}`,
      ),
    ).rejects.toThrow();
    expect(await told(request)).not.toContain("decided");
  });

  test("the reviewer sends it back with a reason; what was judged never changes", async () => {
    const request = await filed({ type: "consult" });
    await givenTaken(request, handler);
    const { decisionId } = await givenProposal(request, handler, {
      decision: "refused",
      code: "R-a",
    });
    const sendBack = async (reason: string) =>
      sendBackDecision(at(approver, "2026-03-05 09:00"), {
        ...(await asSeen(request)),
        decisionId,
        reason,
      });
    await expect(sendBack(" ")).rejects.toMatchObject({ fields: { reason: expect.anything() } });
    await sendBack("理由不充分");
    expect((await current(request)).status).toBe("in_progress");
    await expect(
      db.execute(sql`update request_decisions set code = 'R-b' where id = ${decisionId}`),
    ).rejects.toThrow();
    const again = await givenProposal(request, handler, { decision: "fulfilled" });
    await givenApproval(request, approver, again.decisionId);
    expect((await current(request)).status).toBe("fulfilled");
  });

  test("an appeal has a clock of its own and another handler than the answer it is against", async () => {
    const request = await filed({ type: "consult" });
    await givenTaken(request, handler);
    const { decisionId } = await givenProposal(request, handler, {
      decision: "refused",
      code: "R-a",
    });
    await givenApproval(request, colleague, decisionId);
    await moveAs(requester, request, { to: "appealed", at: "2026-03-10 09:00" });
    expect(await current(request)).toMatchObject({
      status: "appealed",
      handlerId: null,
      decisionId: null,
      answeredAt: null,
      dueDate: "2026-03-31",
    });
    await expect(
      assignRequest(at(colleague), { ...(await asSeen(request)), handlerId: handler.id }),
    ).rejects.toThrow("requests.errors.appealOfOwnDecision");
    await assignRequest(at(colleague), { ...(await asSeen(request)), handlerId: colleague.id });
    const { clock, status } = await readStaffRequest(at(colleague), request);
    expect(status).toBe("in_progress");
    expect(clock).toMatchObject({ isAppeal: true, startedAt: beijing("2026-03-10 09:00") });
  });
});

describe("P31, P50: an answer carries its standard sentences", () => {
  test("on withdrawn consent always, for the EEA where it is asked for", async () => {
    const withdrawal = await filed({ type: "withdraw_consent" });
    await givenTaken(withdrawal, handler);
    await givenStopped(withdrawal, handler);
    await givenProposal(withdrawal, handler, { decision: "fulfilled", withEea: true });
    const { decisions } = await readStaffRequest(at(colleague), withdrawal);
    expect(decisions[0]?.paragraphs).toEqual(["consent_withdrawn", "eea"]);

    const question = await filed({ type: "question" });
    await givenTaken(question, handler);
    await givenProposal(question, handler, { decision: "fulfilled" });
    expect((await readStaffRequest(at(colleague), question)).decisions[0]?.paragraphs).toEqual([]);
  });

  test("a withdrawal that is refused says nothing of processing that stops", async () => {
    const withdrawal = await filed({ type: "withdraw_consent" });
    await givenTaken(withdrawal, handler);
    await givenProposal(withdrawal, handler, { decision: "refused", code: "R-1", withEea: true });
    expect((await readStaffRequest(at(colleague), withdrawal)).decisions[0]?.paragraphs).toEqual([
      "eea",
    ]);
  });

  test("the requester reads what the handler previewed, sentence by sentence", async () => {
    const withdrawal = await filed({ type: "withdraw_consent" });
    await givenTaken(withdrawal, handler);
    await givenStopped(withdrawal, handler);
    await givenHeld(withdrawal);
    const preview = await previewDecision(at(handler), {
      ...(await asSeen(withdrawal)),
      decision: "partly_fulfilled",
      code: "R-1",
      explanation: "我们核对了您提供的材料。",
      withEea: true,
    });
    const { decisionId } = await givenProposal(withdrawal, handler, {
      decision: "partly_fulfilled",
      code: "R-1",
      withEea: true,
    });
    await givenApproval(withdrawal, approver, decisionId);
    const [answer] = (await readOwnRequest(at(requester), withdrawal)).answers;
    expect(answer).toEqual({
      ...preview,
      ...{ id: decisionId, givenAt: beijing("2026-03-05 10:00"), isAppealed: false },
    });
    expect(answer?.paragraphs).toEqual(["consent_withdrawn", "eea"]);
  });
});

describe("P10, P32: a deletion is answered by what was done, store by store", () => {
  const complete = async (request: Request, result = "2 个用户的资料已删除") => {
    const { disposals } = await readStaffRequest(at(handler), request);
    const due = disposals.find(({ action, doneAt }) => action !== "hold" && !doneAt);
    await completeDisposal(at(handler, "2026-03-06 09:00"), {
      ...(await asSeen(request)),
      disposalId: due!.id,
      result,
    });
  };

  test("without a plan it is not granted", async () => {
    const request = await filed();
    await givenTaken(request, handler);
    await expect(givenProposal(request, handler, { decision: "fulfilled" })).rejects.toMatchObject({
      fields: { decision: ["requests.errors.planMissing"] },
    });
  });

  test("approved is not done: fulfilled only when the last store is, then the receipt", async () => {
    const request = await filed();
    await givenTaken(request, handler);
    await givenPlan(request, handler);
    await expect(complete(request)).rejects.toThrow("requests.errors.notApproved");
    const { decisionId } = await givenProposal(request, handler, { decision: "fulfilled" });
    await givenApproval(request, approver, decisionId);
    expect(await current(request)).toMatchObject({ status: "in_progress", answeredAt: null });
    expect((await told(request)).at(-1)).toBe("in_progress");
    await expect(givenPlan(request, handler)).rejects.toThrow("requests.errors.planApproved");
    await expect(complete(request, "alice-0815 已删除")).rejects.toMatchObject({
      fields: { result: ["requests.errors.resultNamesSubject"] },
    });

    await complete(request);
    const answered = await current(request);
    expect(answered).toMatchObject({
      status: "fulfilled",
      answeredAt: beijing("2026-03-06 09:00"),
    });
    expect(answered.receiptNumber).toMatch(/^D-2026-\d{6}$/);
    const [answer] = (await readOwnRequest(at(requester), { number: request.number })).answers;
    expect(answer?.givenAt).toEqual(answered.answeredAt);
    expect((await told(request)).slice(-1)).toEqual(["receipt"]);
    expect(await told(request)).not.toContain("decided");
    expect(await recordOf(request.id)).toContain("request.receipt_issued");

    const receipt = await readReceipt(at(requester), { number: request.number });
    expect(receipt).toMatchObject({ isUnchanged: true, subjectCount: 2, decision: "fulfilled" });
    expect(receipt.stores).toMatchObject([
      { store: "profile", action: "delete", result: "2 个用户的资料已删除" },
      { store: "logs", action: "hold", holdReason: "law", doneAt: null },
    ]);
    expect(JSON.stringify(receipt)).not.toMatch(/alice|bob/);
    await expect(
      db.execute(sql`update request_receipts set facts = '{}' where request_id = ${request.id}`),
    ).rejects.toThrow();
  });

  test("P14: data is held for one of the four reasons, or not at all", async () => {
    const request = await filed();
    await givenTaken(request, handler);
    const hold = {
      store: "logs" as const,
      action: "hold" as const,
      holdText: null,
      dueDate: "2026-03-20",
    };
    await expect(
      planDisposal(at(handler), { ...(await asSeen(request)), ...hold, holdReason: null }),
    ).rejects.toMatchObject({
      fields: { holdReason: ["requests.errors.holdReason"], holdText: ["errors.field.required"] },
    });
    await expect(
      db.execute(sql`insert into disposals (request_id, store, action, due_date, created_at)
        values (${request.id}, 'logs', 'hold', '2026-03-20', now())`),
    ).rejects.toThrow();
  });

  test("an approved plan changes only after it was laid aside, and is reviewed anew", async () => {
    const request = await filed();
    await givenTaken(request, handler);
    await givenPlan(request, handler);
    const { decisionId } = await givenProposal(request, handler, { decision: "fulfilled" });
    await givenApproval(request, approver, decisionId);
    await reconsiderDecision(at(handler), await asSeen(request));
    await givenPlan(request, handler);
    await expect(complete(request)).rejects.toThrow("requests.errors.notApproved");
  });
});
