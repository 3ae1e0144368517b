import { expect, test } from "vitest";

import type { Person } from "@/domain/context";
import { acting } from "@/tests/support/context";
import { givenAccount, givenMember } from "@/tests/support/people";
import {
  asSeen,
  givenRequestDesk,
  givenProposal,
  givenRequest,
  givenRouted,
  givenTaken,
} from "@/tests/support/requests";

import { assignRequest } from "./assign";
import { answerAsDeveloper } from "./developer-task";
import { listQueue } from "./list-queue";
import { listWaitingRequests } from "./read-own";
import { countOpenOwn } from "./readable-requests";
import { askForMore } from "./verify";
import { writeToHandler } from "./write-to-handler";

test("P28, P26: what waits for a developer is what their account is to answer and their own request that lacks something, by date", async () => {
  const { handler } = await givenRequestDesk();
  const endUser = await givenMember((await givenAccount()).id, "owner");
  const routed = await givenRequest(endUser.id);
  const { account, owner } = await givenRouted(routed, handler);
  const colleague = await givenMember(account.id, "legal");
  const mine = await givenRequest(owner.id, { requesterKind: "developer", accountId: account.id });
  const waiting = async (person = owner) =>
    (await listWaitingRequests(acting(person, "2026-03-04 09:00"), {})).rows;
  expect(await waiting()).toMatchObject([
    { number: routed.number, wait: "developer", dueDate: "2026-03-10", workingDaysLeft: 4 },
  ]);

  await assignRequest(acting(handler, "2026-03-03 10:00"), {
    ...(await asSeen(mine)),
    handlerId: handler.id,
  });
  await askForMore(acting(handler, "2026-03-03 11:00"), {
    ...(await asSeen(mine)),
    text: "请补充授权书。",
  });
  expect(await waiting()).toMatchObject([
    { number: routed.number, wait: "developer" },
    { number: mine.number, wait: "requester", dueDate: "2026-03-23" },
  ]);
  // In progress is what they follow, not what their account was asked to handle.
  for (const person of [owner, colleague, endUser])
    expect(await countOpenOwn(acting(person, "2026-03-04 09:00"), {})).toBe(1);
  // Only who filed it can add to it.
  expect(await waiting(colleague)).toMatchObject([{ number: routed.number }]);

  await answerAsDeveloper(acting(owner, "2026-03-04 10:00"), {
    ...{ number: routed.number, answer: "handled", text: "" },
  });
  await writeToHandler(acting(owner, "2026-03-04 10:00"), {
    ...{ number: mine.number, body: "已补充。", file: null },
  });
  expect(await waiting()).toEqual([]);
});

test("P36: a proposal waits on the desk of everybody who may review it, and not of who made it", async () => {
  const { handler, colleague, approver } = await givenRequestDesk();
  const request = await givenRequest(null, { type: "complaint" });
  await givenTaken(request, handler);
  await givenProposal(request, handler, { decision: "fulfilled" });
  const waits = async (person: Person) => {
    const ctx = acting(person, "2026-03-05 10:00");
    const { rows } = await listQueue(ctx, { view: "review", text: request.number });
    return rows.length;
  };
  expect([await waits(handler), await waits(colleague), await waits(approver)]).toEqual([0, 1, 1]);
});
