import { expect, test } from "vitest";

import { acting, beijing } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import {
  asSeen,
  current,
  givenApproval,
  givenProposal,
  givenRequest,
  givenRequestDesk,
  givenTaken,
} from "@/tests/support/requests";

import { assignRequests, listHandlers } from "./assign";
import { listRelated } from "./list-related";
import { readFigures } from "./read-figures";

const { handler, colleague, approver, requester } = await givenRequestDesk();
const at = acting(handler, "2026-03-03 09:00");

const ticked = async (request: Parameters<typeof asSeen>[0]) => {
  const { number, revision } = await asSeen(request);
  return `${number} ${revision}`;
};

test("several cases change hands together, each on record; again is harmless", async () => {
  const [one, other] = [await givenRequest(requester.id), await givenRequest(requester.id)];
  const cases = [await ticked(one), await ticked(other)];
  expect(await assignRequests(at, { cases, handlerId: colleague.id })).toEqual({ count: 2 });
  expect(await current(one)).toMatchObject({ handlerId: colleague.id, status: "verifying" });
  expect(await recordOf(other.id)).toContain("request.assigned");
  const again = [await ticked(one), await ticked(other)];
  expect(await assignRequests(at, { cases: again, handlerId: colleague.id })).toEqual({ count: 0 });
});

test("one that has changed meanwhile, or is the handler's own, stops all of them and is named", async () => {
  const [one, stale] = [await givenRequest(requester.id), await givenRequest(requester.id)];
  const cases = [await ticked(one), `${stale.number} 99`];
  await expect(assignRequests(at, { cases, handlerId: colleague.id })).rejects.toMatchObject({
    ...{ messageKey: "requests.errors.bulkStopped", values: { number: stale.number } },
  });
  const own = await givenRequest(colleague.id);
  await expect(
    assignRequests(at, { cases: [await ticked(one), await ticked(own)], handlerId: colleague.id }),
  ).rejects.toThrow("requests.errors.bulkStopped");
  expect((await current(one)).handlerId).toBeNull();
});

test("nothing ticked is said, and nobody but a handler assigns", async () => {
  await expect(assignRequests(at, { cases: [], handlerId: colleague.id })).rejects.toMatchObject({
    fields: { cases: ["requests.errors.bulkNone"] },
  });
  await expect(
    assignRequests(acting(approver, "2026-03-03 09:00"), { cases: [], handlerId: colleague.id }),
  ).rejects.toThrow("errors.notAllowed");
  const names = (await listHandlers(at, {})).map(({ id }) => id);
  expect(names).toEqual(expect.arrayContaining([handler.id, colleague.id]));
});

test("to whom cases may be given is said with what they have in hand, and how much of it is late", async () => {
  const busy = await givenStaff("handler");
  for (let n = 0; n < 2; n += 1) await givenTaken(await givenRequest(requester.id), busy);
  const load = async (moment: string) =>
    (await listHandlers(acting(handler, moment), {})).find(({ id }) => id === busy.id);
  expect(await load("2026-03-04 09:00")).toMatchObject({ open: 2, overdue: 0 });
  expect(await load("2026-05-04 09:00")).toMatchObject({ open: 2, overdue: 2 });
  expect((await listHandlers(at, {})).find(({ id }) => id === approver.id)).toBeUndefined();
});

test("P35: a case shows what else its person asked, or came by its ticket, and nothing of the reader's own", async () => {
  const [person, other] = [await givenStaff(), await givenStaff()];
  const traits = { type: "question", ground: null } as const;
  const first = await givenRequest(person.id, traits);
  const second = await givenRequest(person.id, { ...traits, ticketNumber: "T-related" });
  const third = await givenRequest(other.id, { ...traits, ticketNumber: "T-related" });
  const own = await givenRequest(handler.id, { ...traits, ticketNumber: "T-related" });
  const numbers = async (number: string, ctx = at) =>
    (await listRelated(ctx, { number })).map((one) => one.number).toSorted();
  expect(await numbers(second.number)).toEqual([first.number, third.number].toSorted());
  expect(await numbers(first.number)).toEqual([second.number]);
  expect(await numbers(third.number)).toEqual([second.number]);
  expect(await numbers(third.number, acting(colleague, "2026-03-03 09:00"))).toEqual(
    [own.number, second.number].toSorted(),
  );
  await expect(numbers(own.number)).rejects.toThrow();
});

test("P35, P47: the figures say how many answers were on time, their median, and the reasons of refusals", async () => {
  const before = await readFigures(acting(handler, "2026-03-30 09:00"), {});
  expect(before.months).toEqual([]);
  for (const code of ["R-a", "R-a", "R-1"] as const) {
    const request = await givenRequest(requester.id, { type: "consult", ground: null });
    await givenTaken(request, handler);
    const { decisionId } = await givenProposal(request, handler, { decision: "refused", code });
    await givenApproval(request, approver, decisionId);
  }
  await givenRequest(requester.id, {
    ...{ type: "question", status: "fulfilled", ground: null, dueDate: "2026-03-10" },
    answeredAt: beijing("2026-03-12 09:00"),
  });
  const { months, types, codes } = await readFigures(acting(handler, "2026-03-30 09:00"), {});
  expect(months).toEqual([
    { month: "2026-03", answered: 4, onTime: 3, medianDays: 3.0416666666666665 },
  ]);
  expect(types).toMatchObject([
    { type: "consult", answered: 3, onTime: 3 },
    { type: "question", answered: 1, onTime: 0, medianDays: 10 },
  ]);
  expect(codes).toEqual([
    { code: "R-a", count: 2 },
    { code: "R-1", count: 1 },
  ]);
});
