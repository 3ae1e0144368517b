import { describe, expect, test } from "vitest";

import { CLOSED_REQUEST_STATUSES, REQUEST_STATUSES, REQUEST_TYPES } from "@/db/vocabulary";

import {
  assertRequestMove,
  isAnswered,
  isOpen,
  isPriority,
  needsDisposals,
  OPEN_STATUSES,
} from "./rules";

/** The whole table, once more and by hand: whoever changes a move has to change it here too. */
const ALLOWED = new Set([
  "received verifying",
  "received withdrawn",
  "verifying need_more",
  "verifying in_progress",
  "verifying in_review",
  "verifying withdrawn",
  "need_more verifying",
  "need_more in_progress",
  "need_more in_review",
  "need_more withdrawn",
  "in_progress need_more",
  "in_progress with_developer",
  "in_progress in_review",
  "in_progress fulfilled",
  "in_progress partly_fulfilled",
  "in_progress withdrawn",
  "with_developer in_progress",
  "with_developer withdrawn",
  "in_review in_progress",
  "in_review fulfilled",
  "in_review partly_fulfilled",
  "in_review refused",
  "in_review withdrawn",
  "fulfilled appealed",
  "partly_fulfilled appealed",
  "refused appealed",
  "appealed in_progress",
  "appealed withdrawn",
]);

describe("a request moves along one table", () => {
  const pairs = REQUEST_STATUSES.flatMap((from) => REQUEST_STATUSES.map((to) => ({ from, to })));

  test.each(pairs)("$from → $to", ({ from, to }) => {
    const move = () => assertRequestMove(from, to);
    if (ALLOWED.has(`${from} ${to}`)) expect(move).not.toThrow();
    else expect(move).toThrow("requests.errors.movedOn");
  });

  test("every status is open, answered or withdrawn", () => {
    expect(REQUEST_STATUSES.filter((status) => !isOpen(status) && !isAnswered(status))).toEqual([
      "withdrawn",
    ]);
    expect(REQUEST_STATUSES.filter(isAnswered)).toEqual([
      "fulfilled",
      "partly_fulfilled",
      "refused",
    ]);
  });

  test("P36: no way leads to a refusal but through a second person's review", () => {
    const ways = REQUEST_STATUSES.filter((from) => ALLOWED.has(`${from} refused`));
    expect(ways).toEqual(["in_review"]);
  });

  test("P38: child data is looked at first, and deleted store by store", () => {
    expect(REQUEST_TYPES.filter(isPriority)).toEqual(["child_data"]);
    expect(REQUEST_TYPES.filter(needsDisposals)).toEqual([
      "delete",
      "deregister_end_user",
      "child_data",
    ]);
  });
});

test("what everybody else calls closed is what is not open here", () => {
  const closed: readonly string[] = CLOSED_REQUEST_STATUSES;
  expect(REQUEST_STATUSES.filter((status) => !closed.includes(status))).toEqual(OPEN_STATUSES);
});
