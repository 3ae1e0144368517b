import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, deliveries, requests, staffRoles } from "@/db/schema";
import type { Person } from "@/domain/context";
import type { RequestUpdateFacts } from "@/domain/broadcasts/facts";
import { requestHref, requestTitle } from "@/wording/request-update";
import { givenStaff } from "@/tests/support/people";
import { acting } from "@/tests/support/context";
import { givenFiled } from "@/tests/support/filing";
import {
  asSeen,
  current,
  givenApproval,
  givenRequestDesk,
  givenProposal,
  givenRouted,
  givenTaken,
  told,
  toldPeople,
} from "@/tests/support/requests";

import { listUnreadAbout } from "../inbox/about";
import { appealDecision } from "./appeal";
import { assignRequest } from "./assign";
import { answerAsDeveloper } from "./developer-task";
import { countQueue, listQueue } from "./list-queue";
import { takeBack } from "./route";
import { readStaffRequest } from "./read-staff-request";
import { sendBackDecision } from "./review";
import { listEligibleHandlers } from "./eligible-handlers";
import { askForMore, verifyRequest } from "./verify";
import { withdrawRequest } from "./withdraw";
import { writeToHandler } from "./write-to-handler";

const { handler, colleague, approver, requester, filed } = await givenRequestDesk();

const at = (person: Person, time = "2026-03-06 09:00") => acting(person, time);
const rowOf = async (number: string) =>
  (await db.select().from(requests).where(eq(requests.number, number)))[0]!;

describe("handlers hear of a new request the moment it is filed", () => {
  test("all of them but its requester, once each, by mail and in-site; child data is marked urgent", async () => {
    const asHandler = { ...handler, memberships: [] };
    const number = await givenFiled(asHandler, { capacity: "guardian", type: "child_data" });
    const request = await rowOf(number);
    const people = await toldPeople(request, "handler_filed");
    expect(people).toContain(colleague.id);
    expect(people).not.toContain(handler.id);
    expect(new Set(people).size).toBe(people.length);
    const [broadcast] = await db
      .select()
      .from(broadcasts)
      .where(sql`subject_id = ${request.id} and facts ->> 'event' = 'handler_filed'`);
    const facts = broadcast!.facts as RequestUpdateFacts;
    expect(requestTitle(facts, "zh-CN")).toContain("紧急");
    expect(requestTitle({ ...facts, type: "question" }, "zh-CN")).not.toContain("紧急");
    expect(requestHref(facts)).toBe(`/ops/requests/${number}`);
    const mails = await db
      .select()
      .from(deliveries)
      .where(sql`broadcast_id = ${broadcast!.id} and channel = 'email'`);
    expect(mails).toHaveLength(people.length);
  });

  test("until somebody takes it, it stands among everybody's unassigned, by due date", async () => {
    const request = await filed({ type: "legal_basis" });
    for (const person of [handler, colleague]) {
      const { rows } = await listQueue(at(person), { view: "unassigned", type: "legal_basis" });
      expect(rows.map(({ number }) => number)).toEqual([request.number]);
    }
    await givenTaken(request, handler);
    const { rows } = await listQueue(at(colleague), { view: "unassigned", type: "legal_basis" });
    expect(rows).toEqual([]);
  });
});

describe("P26: the requester hears of each step, once", () => {
  test("from the check to the answer and the appeal; what goes on among the staff is not told", async () => {
    const request = await filed({ type: "consult" });
    await assignRequest(at(handler, "2026-03-03 09:00"), {
      ...(await asSeen(request)),
      handlerId: handler.id,
    });
    await askForMore(at(handler, "2026-03-03 10:00"), {
      ...(await asSeen(request)),
      text: "请补身份证明",
    });
    await writeToHandler(at(requester, "2026-03-03 11:00"), {
      ...{ number: request.number, body: "已补", file: null },
    });
    expect(await toldPeople(request, "handler_answered")).toEqual([handler.id]);
    await verifyRequest(at(handler, "2026-03-03 12:00"), await asSeen(request));
    const first = await givenProposal(request, handler, { decision: "refused", code: "R-a" });
    await sendBackDecision(at(approver, "2026-03-04 11:00"), {
      ...(await asSeen(request)),
      ...{ decisionId: first.decisionId, reason: "请写明日期" },
    });
    const { decisionId } = await givenProposal(request, handler, {
      ...{ decision: "refused", code: "R-a" },
    });
    await givenApproval(request, approver, decisionId);
    await appealDecision(at(requester, "2026-03-06 10:00"), {
      ...{ number: request.number, reason: "不同意" },
    });
    await assignRequest(at(colleague, "2026-03-06 11:00"), {
      ...(await asSeen(request)),
      handlerId: colleague.id,
    });
    await withdrawRequest(at(requester, "2026-03-06 12:00"), { number: request.number });
    expect(await told(request)).toEqual([
      ...["verifying", "need_more", "in_progress", "decided"],
      ...["appeal_received", "appeal_taken", "withdrawn"],
    ]);
    expect(await toldPeople(request, "handler_withdrawn")).toEqual([colleague.id]);
  });

  test("an appeal is told to those who may take it, and offered to nobody else", async () => {
    const request = await filed({ type: "consult" });
    await givenTaken(request, handler);
    const { decisionId } = await givenProposal(request, handler, {
      ...{ decision: "refused", code: "R-a" },
    });
    await givenApproval(request, approver, decisionId);
    await appealDecision(at(requester), { number: request.number, reason: "不同意" });
    const people = await toldPeople(request, "handler_appealed");
    expect(people).toContain(colleague.id);
    expect(people).not.toContain(handler.id);
    const takers = (await listEligibleHandlers(at(handler), request)).map(({ id }) => id);
    expect(takers).toContain(colleague.id);
    expect(takers).not.toContain(handler.id);
  });
});

describe("P29: where a developer was asked, both sides hear of it", () => {
  test("answered by the developer: the requester and the handler; closed: the developer", async () => {
    const request = await filed({ type: "consult" });
    const { owner } = await givenRouted(request, handler);
    await answerAsDeveloper(at(owner), {
      ...{ number: request.number, answer: "handled", text: "" },
    });
    expect((await told(request)).at(-1)).toBe("back_from_developer");
    expect(await toldPeople(request, "handler_answered")).toEqual([handler.id]);
    const { decisionId } = await givenProposal(request, handler, { decision: "fulfilled" });
    await givenApproval(request, approver, decisionId);
    expect((await current(request)).status).toBe("fulfilled");
    expect(await toldPeople(request, "developer_closed")).toEqual([owner.id]);
    expect(await toldPeople(request, "decided")).toEqual([requester.id]);
  });

  test("taken back: the developer hears that no answer is needed, the requester where it is", async () => {
    const request = await filed();
    const { owner } = await givenRouted(request, handler);
    await takeBack(at(handler), await asSeen(request));
    expect(await toldPeople(request, "developer_taken_back")).toEqual([owner.id]);
    expect(await toldPeople(request, "back_from_developer")).toEqual([requester.id]);
  });
});

describe("a review is told to whom it concerns", () => {
  test("those who may review hear that a proposal waits, its proposer that it was sent back or approved", async () => {
    const request = await filed({ type: "consult" });
    await givenTaken(request, handler);
    const first = await givenProposal(request, handler, { decision: "refused", code: "R-a" });
    const waiting = await toldPeople(request, "handler_review");
    expect(waiting).toEqual(expect.arrayContaining([colleague.id, approver.id]));
    expect(waiting).not.toContain(handler.id);
    const unread = () => listUnreadAbout(at(approver), { subjectIds: [request.id] });
    expect(await unread()).toHaveLength(1);
    await sendBackDecision(at(approver), {
      ...(await asSeen(request)),
      ...{ decisionId: first.decisionId, reason: "请写明日期" },
    });
    expect(await unread()).toEqual([]);
    expect(await toldPeople(request, "handler_returned")).toEqual([handler.id]);
    const { decisionId } = await givenProposal(request, handler, { decision: "fulfilled" });
    await givenApproval(request, approver, decisionId);
    expect(await toldPeople(request, "handler_approved")).toEqual([handler.id]);
  });
});

describe("a case whose handler has left goes on to those who may act", () => {
  test("it is unassigned, names who had it, and what comes in or back is told to the other handlers alone", async () => {
    const leaver = await givenStaff("handler");
    const request = await filed({ type: "correct" });
    await givenTaken(request, leaver);
    const first = await givenProposal(request, leaver, { decision: "refused", code: "R-a" });
    const unassigned = async () =>
      (await listQueue(at(colleague), { view: "unassigned", type: "correct" })).rows;
    expect(await unassigned()).toEqual([]);
    await db.delete(staffRoles).where(eq(staffRoles.userId, leaver.id));

    expect(await unassigned()).toMatchObject([
      { number: request.number, handlerName: leaver.name, isHandled: false },
    ]);
    expect((await countQueue(at(colleague), {})).unassigned).toBeGreaterThan(0);
    const found = await readStaffRequest(at(colleague), { number: request.number });
    expect(found).toMatchObject({ handlerName: leaver.name, isHandled: false });

    await sendBackDecision(at(approver), {
      ...(await asSeen(request)),
      ...{ decisionId: first.decisionId, reason: "请写明日期" },
    });
    await writeToHandler(at(requester), { number: request.number, body: "补充", file: null });
    for (const event of ["handler_returned", "handler_answered"] as const) {
      const people = await toldPeople(request, event);
      expect(people, event).toContain(colleague.id);
      expect(people, event).not.toContain(leaver.id);
    }
    await assignRequest(at(colleague), { ...(await asSeen(request)), handlerId: colleague.id });
    expect(await unassigned()).toEqual([]);
  });

  test("an answer approved after its proposer left is told to whoever has the case now, else to the handlers", async () => {
    const approvedAfterLeaving = async (by: Person | null) => {
      const leaver = await givenStaff("handler");
      const request = await filed({ type: "consult" });
      await givenTaken(request, leaver);
      const { decisionId } = await givenProposal(request, leaver, { decision: "fulfilled" });
      await db.delete(staffRoles).where(eq(staffRoles.userId, leaver.id));
      if (by) await assignRequest(at(by), { ...(await asSeen(request)), handlerId: by.id });
      await givenApproval(request, approver, decisionId);
      return { leaver, people: await toldPeople(request, "handler_approved") };
    };
    expect((await approvedAfterLeaving(colleague)).people).toEqual([colleague.id]);
    const { leaver, people } = await approvedAfterLeaving(null);
    expect(people).toEqual(expect.arrayContaining([handler.id, colleague.id]));
    expect(people).not.toContain(leaver.id);
  });
});
