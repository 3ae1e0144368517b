import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { Request } from "@/db/schema";
import type { Person } from "@/domain/context";
import { acting } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";
import {
  asSeen,
  current,
  givenApproval,
  givenProposal,
  givenRequest,
  givenRequestDesk,
  givenTaken,
} from "@/tests/support/requests";

import { appealDecision } from "./appeal";
import { assignRequest } from "./assign";
import { proposeDecision } from "./decide";
import { listEligibleHandlers } from "./eligible-handlers";
import { listQueue } from "./list-queue";
import { listOwnRequests, readOwnRequest } from "./read-own";
import { readStaffRequest } from "./read-staff-request";
import { approveDecision, listEligibleReviewers } from "./review";
import { leastInvolved, PARTS, worstPart } from "./rules";

const { handler, colleague, approver, requester } = await givenRequestDesk();

const at = (person: Person, time = "2026-03-11 09:00") => acting(person, time);
const appeal = (request: Request, time = "2026-03-10 09:00") =>
  appealDecision(at(requester, time), { number: request.number, reason: "不同意" });
const take = async (request: Request, by: Person) =>
  assignRequest(at(by), { ...(await asSeen(request)), handlerId: by.id });
const takers = async (request: Request) =>
  (await listEligibleHandlers(at(handler), request)).map(({ id }) => id);
const refuseAgain = async (request: Request, by: Person) =>
  (
    await proposeDecision(at(by, "2026-03-11 10:00"), {
      ...(await asSeen(request)),
      ...{ decision: "refused", code: "R-a", explanation: "再次核对，结论不变。" },
    })
  ).decisionId;
const approve = async (request: Request, by: Person, decisionId: string) =>
  approveDecision(at(by, "2026-03-12 10:00"), { ...(await asSeen(request)), decisionId });
const reviewers = async (request: Request) =>
  (await listEligibleReviewers(at(approver), request)).map(({ id }) => id);
const partShown = async (request: Request) =>
  (await readOwnRequest(at(requester), request)).appeal?.part;

/** Proposed by the handler, approved by another, and appealed. */
async function givenAppealed(reviewer: Person) {
  const request = await givenRequest(requester.id, { type: "consult" });
  await givenTaken(request, handler);
  const { decisionId } = await givenProposal(request, handler, {
    ...{ decision: "refused", code: "R-a" },
  });
  await givenApproval(request, reviewer, decisionId);
  await appeal(request);
  return request;
}

describe("P36: with two handlers and an approver an appeal is taken, answered, and said whose it was", () => {
  test("who took no part is there: they take it, and who proposed the answer neither takes nor reviews", async () => {
    const request = await givenAppealed(approver);
    expect(await takers(request)).toEqual([colleague.id]);
    expect(await partShown(request)).toBeNull();
    await expect(take(request, handler)).rejects.toThrow("requests.errors.appealOfOwnDecision");
    await take(request, colleague);
    expect(await partShown(request)).toBe("none");
    const decisionId = await refuseAgain(request, colleague);
    await expect(approve(request, handler, decisionId)).rejects.toThrow(
      "requests.errors.reviewOfOwnAnswer",
    );
    // The approver approved the first answer too: that is less than to have proposed it, and is said.
    expect(await reviewers(request)).toEqual([approver.id]);
    await approve(request, approver, decisionId);
    expect(await partShown(request)).toBe("approved");
  });

  test("only who approved it is left: they take it; the desk names who took part", async () => {
    const request = await givenAppealed(colleague);
    expect(await takers(request)).toEqual([colleague.id]);
    const { participants } = await readStaffRequest(at(colleague), request);
    expect(new Map(participants.map(({ id, part }) => [id, part]))).toEqual(
      new Map([
        [handler.id, "proposed"],
        [colleague.id, "approved"],
      ]),
    );
    await take(request, colleague);
    expect(await partShown(request)).toBe("approved");
    await refuseAgain(request, colleague);
    expect(await reviewers(request)).toEqual([approver.id]);
  });

  test("it is decided once: no second appeal, and the answer says so", async () => {
    const request = await givenAppealed(approver);
    await take(request, colleague);
    await approve(request, approver, await refuseAgain(request, colleague));
    await expect(appeal(request, "2026-03-13 09:00")).rejects.toThrow(
      "requests.errors.appealedOnce",
    );
    expect((await current(request)).status).toBe("refused");
    const { answers } = await readOwnRequest(at(requester), request);
    expect(answers.map(({ isFinal }) => isFinal)).toEqual([true, false]);
  });

  test("only who proposed it is left: the case is theirs all the same, and never nobody's", async () => {
    const request = await givenRequest(colleague.id, { type: "consult" });
    await givenTaken(request, handler);
    const { decisionId } = await givenProposal(request, handler, {
      ...{ decision: "refused", code: "R-a" },
    });
    await givenApproval(request, approver, decisionId);
    await appealDecision(at(colleague, "2026-03-10 09:00"), {
      ...{ number: request.number, reason: "不同意" },
    });
    expect(await takers(request)).toEqual([handler.id]);
    await take(request, handler);
    const own = await readOwnRequest(at(colleague), request);
    expect(own.appeal).toEqual({ part: "proposed" });
  });

  test("somebody new is preferred to all who took part", async () => {
    const request = await givenAppealed(colleague);
    const third = await givenStaff("handler");
    expect(await takers(request)).toEqual([third.id]);
    await expect(take(request, colleague)).rejects.toThrow("requests.errors.appealOfOwnDecision");
  });
});

test("of whoever is there somebody may always act, and nobody who had more to do with it than another", () => {
  const people = fc.array(fc.record({ part: fc.constantFrom(...PARTS) }), { minLength: 1 });
  fc.assert(
    fc.property(people, (all) => {
      const chosen = leastInvolved(all);
      expect(chosen.length).toBeGreaterThan(0);
      const rank = ({ part }: (typeof all)[number]) => PARTS.indexOf(part);
      expect(new Set(chosen.map(rank))).toEqual(new Set([Math.min(...all.map(rank))]));
    }),
  );
  expect(worstPart([])).toBe("none");
});

test("P47: the working days shown are those since the appeal, in the queue as on the requester's pages, and none once it is closed", async () => {
  const request = await givenAppealed(approver);
  const queue = async (view: "open" | "closed", text: string) =>
    (await listQueue(at(handler, "2026-03-12 09:00"), { view, text })).rows[0];
  const own = await readOwnRequest(at(requester, "2026-03-12 09:00"), request);
  const listed = await listOwnRequests(at(requester, "2026-03-12 09:00"), {});
  const terms = [
    (await queue("open", request.number))?.term,
    own.due.term,
    listed.rows.find(({ number }) => number === request.number)?.term,
  ];
  terms.forEach((term) => {
    expect(term?.map(({ day }) => day).slice(0, 3)).toEqual([
      "2026-03-11",
      "2026-03-12",
      "2026-03-13",
    ]);
    expect(term?.filter(({ isPassed }) => isPassed)).toHaveLength(2);
    expect(term).toHaveLength(15);
  });

  const withdrawn = await givenRequest(requester.id, { status: "withdrawn" });
  expect((await queue("closed", withdrawn.number))?.term).toBeNull();
});
