import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  CLOSED_REQUEST_STATUSES,
  REQUEST_STATUSES,
  REQUEST_TYPES,
  type RequestStatus,
} from "@/db/vocabulary/requests";

import {
  allowsDisposals,
  canMove,
  canPropose,
  isAnswered,
  isOpen,
  isPriority,
  move,
  OPEN_STATUSES,
  type Standing,
} from "./rules";

/**
 * The whole table, once more and by hand: whoever changes a move has to change it here too. A move
 * that only a verified case may make has a "+", one that only an unverified may make a "-".
 */
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
  "in_progress with_developer +",
  "in_progress in_review",
  "in_progress fulfilled +",
  "in_progress partly_fulfilled +",
  "in_progress withdrawn",
  "with_developer verifying -",
  "with_developer in_progress +",
  "with_developer withdrawn",
  "in_review verifying -",
  "in_review need_more -",
  "in_review in_progress +",
  "in_review fulfilled +",
  "in_review partly_fulfilled +",
  "in_review refused",
  "in_review withdrawn",
  "fulfilled appealed",
  "partly_fulfilled appealed",
  "refused appealed",
  "appealed verifying -",
  "appealed in_progress +",
  "appealed withdrawn",
]);

const DECISIONS = ["fulfilled", "partly_fulfilled", "refused"] as const;
const isListed = ({ status, isVerified }: Standing, to: RequestStatus) =>
  ["", isVerified ? " +" : " -"].some((mark) => ALLOWED.has(`${status} ${to}${mark}`));

describe("a request moves along one table", () => {
  const pairs = REQUEST_STATUSES.flatMap((from) => REQUEST_STATUSES.map((to) => ({ from, to })));

  test.each(pairs)("$from → $to", ({ from, to }) => {
    for (const isVerified of [true, false]) {
      const standing = { status: from, isVerified };
      expect(canMove(standing, to), String(isVerified)).toBe(isListed(standing, to));
      if (!isListed(standing, to))
        expect(() => move(standing, to)).toThrow("requests.errors.movedOn");
    }
  });

  test("P27: on no path is anything granted, or sent on, that was not verified since it was last checked", () => {
    const anyMoves = fc.array(fc.constantFrom(...REQUEST_STATUSES), {
      minLength: 60,
      maxLength: 60,
    });
    let granted = 0;
    fc.assert(
      fc.property(anyMoves, (wishes) => {
        let standing: Standing = { status: "received", isVerified: false };
        let checked = false;
        for (const to of wishes.filter((one) => one !== "withdrawn")) {
          if (!canMove(standing, to)) continue;
          const from = standing.status;
          standing = move(standing, to);
          if (["received", "verifying", "need_more"].includes(to)) checked = false;
          if (to === "in_progress" && ["verifying", "need_more"].includes(from)) checked = true;
          expect(standing.isVerified).toBe(checked);
          if (["fulfilled", "partly_fulfilled", "with_developer", "in_progress"].includes(to))
            expect(checked).toBe(true);
          granted += Number(to === "fulfilled");
        }
      }),
      { seed: 27, numRuns: 3000 },
    );
    expect(granted).toBeGreaterThan(50);
  });

  test("P27: before the check only a refusal can be proposed, after it every answer", () => {
    const proposable = (standing: Standing) =>
      DECISIONS.filter((decision) => canPropose(standing, decision));
    for (const status of ["verifying", "need_more"] as const)
      expect(proposable({ status, isVerified: false })).toEqual(["refused"]);
    expect(proposable({ status: "in_progress", isVerified: true })).toEqual(DECISIONS);
    expect(proposable({ status: "received", isVerified: false })).toEqual([]);
  });

  test("a proposal that is sent back stands where it was proposed", () => {
    for (const status of ["verifying", "need_more", "in_progress"] as const) {
      const before = { status, isVerified: status === "in_progress" };
      expect(move(move(before, "in_review"), status)).toEqual(before);
    }
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
    expect(REQUEST_TYPES.filter((type) => isPriority(type, false))).toEqual(["child_data"]);
    expect(REQUEST_TYPES.filter(allowsDisposals)).toEqual([
      "delete",
      "withdraw_consent",
      "deregister_end_user",
      "child_data",
    ]);
  });
});

test("what everybody else calls closed is what is not open here", () => {
  const closed: readonly string[] = CLOSED_REQUEST_STATUSES;
  expect(REQUEST_STATUSES.filter((status) => !closed.includes(status))).toEqual(OPEN_STATUSES);
});
