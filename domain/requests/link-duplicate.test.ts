import { expect, test } from "vitest";

import type { Request } from "@/db/schema";
import { acting } from "@/tests/support/context";
import { recordOf } from "@/tests/support/record";
import {
  asSeen,
  current,
  givenRequestDesk,
  givenRequest,
  givenTaken,
} from "@/tests/support/requests";
import { givenPerson } from "@/tests/support/people";

import { Conflict } from "../errors";
import { linkDuplicate } from "./link-duplicate";
import { listRelated } from "./list-related";
import { readOwnRequest } from "./read-own";

const { handler, colleague, requester } = await givenRequestDesk();
const at = acting(handler, "2026-03-04 09:00");

/** Each from somebody else, so that nothing but the link relates them. */
async function givenCase(): Promise<Request> {
  const request = await givenRequest((await givenPerson("终端用户")).id);
  await givenTaken(request, handler);
  return request;
}

const link = async (request: Request, other: string, by = at) =>
  linkDuplicate(by, { ...(await asSeen(request)), other });

const relatedTo = async (request: Request) =>
  (await listRelated(at, { number: request.number }))
    .map(({ number, isDuplicate }) => ({ number, isDuplicate }))
    .toSorted((a, b) => a.number.localeCompare(b.number));

const duplicates = (...of: Request[]) =>
  of
    .map(({ number }) => ({ number, isDuplicate: true }))
    .toSorted((a, b) => a.number.localeCompare(b.number));

test("P47: a case is linked by its handler to the one it repeats, seen from both, on record; each keeps its clock", async () => {
  const [first, second] = [await givenCase(), await givenCase()];
  const before = await current(second);
  await link(second, ` ${first.number.toLowerCase()} `);
  expect(await relatedTo(first)).toEqual(duplicates(second));
  expect(await relatedTo(second)).toEqual(duplicates(first));
  expect(await recordOf(second.id)).toContain("request.linked");
  const { status, dueDate } = await current(second);
  expect({ status, dueDate }).toEqual({ status: before.status, dueDate: before.dueDate });
  await link(second, "");
  expect(await relatedTo(first)).toEqual([]);
});

test("all repetitions hang on one case, however they were linked", async () => {
  const [a, b, c, d] = [
    await givenCase(),
    await givenCase(),
    await givenCase(),
    await givenCase(),
  ] as const;
  await link(b, a.number);
  await link(d, c.number);
  await link(c, b.number);
  expect(await relatedTo(a)).toEqual(duplicates(b, c, d));
  expect(await relatedTo(d)).toEqual(duplicates(a, b, c));
  await expect(link(a, d.number)).rejects.toThrow("requests.errors.linkedAlready");
  await expect(link(b, c.number)).rejects.toThrow("requests.errors.linkedAlready");
});

test("of two that are linked to each other at once, one hangs on the other", async () => {
  const pairs = await Promise.all(
    Array.from({ length: 5 }, async () => [await givenCase(), await givenCase()] as const),
  );
  const ends = await Promise.allSettled(
    pairs.flatMap(([a, b]) => [link(a, b.number), link(b, a.number)]),
  );
  for (const end of ends)
    if (end.status === "rejected") expect(end.reason).toBeInstanceOf(Conflict);
  for (const pair of pairs) {
    const [a, b] = await Promise.all(pair.map(current));
    expect([a, b].filter((one) => one?.duplicateOf)).toHaveLength(1);
  }
});

test("not to itself, to no case that is not there, and not by somebody who does not handle it", async () => {
  const [one, two] = [await givenCase(), await givenCase()];
  await expect(link(one, one.number)).rejects.toMatchObject({
    fields: { other: ["requests.errors.duplicateOfItself"] },
  });
  await expect(link(one, "R-2026-999999")).rejects.toMatchObject({
    fields: { other: ["requests.errors.noSuchRequest"] },
  });
  await expect(link(one, two.number, acting(colleague, "2026-03-04 09:00"))).rejects.toThrow(
    "requests.errors.notYours",
  );
});

test("whoever asks reads nothing of it", async () => {
  const [own, others] = [await givenRequest(requester.id), await givenCase()];
  await givenTaken(own, handler);
  await link(own, others.number);
  const read = await readOwnRequest(acting(requester, "2026-03-04 10:00"), own);
  expect(JSON.stringify(read)).not.toContain(others.number);
  expect(JSON.stringify(read)).not.toContain(others.id);
});
