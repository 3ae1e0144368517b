import { describe, expect, test } from "vitest";

import type { RequestStatus } from "@/db/vocabulary/requests";
import { beijing } from "@/tests/support/context";

import { progressOf } from "./progress";

/** What a requester reads after these moves, one an hour from 10:00 on. */
function read(...statuses: RequestStatus[]): string[] {
  const events = statuses.map((status, hour) => ({
    status,
    at: beijing(`2026-11-23 ${10 + hour}:00`),
  }));
  return progressOf(events).map(({ stage, state, at }) =>
    [stage, state, at && at.getUTCHours() + 8].filter(Boolean).join(" "),
  );
}

describe("a step is done only where an event says so", () => {
  test.each<[string, RequestStatus[], string[]]>([
    [
      "filed",
      ["received"],
      ["received done 10", "verifying todo", "in_progress todo", "answered todo"],
    ],
    [
      "being checked",
      ["received", "verifying", "need_more"],
      ["received done 10", "verifying current 11", "in_progress todo", "answered todo"],
    ],
    [
      "verified",
      ["received", "verifying", "in_progress"],
      ["received done 10", "verifying done 12", "in_progress current 12", "answered todo"],
    ],
    [
      "asked for more after all",
      ["received", "verifying", "in_progress", "need_more"],
      ["received done 10", "verifying current 11", "in_progress todo", "answered todo"],
    ],
    [
      "with the developer",
      ["received", "verifying", "in_progress", "with_developer"],
      ["received done 10", "verifying done 12", "in_progress current 12", "answered todo"],
    ],
    [
      "answered",
      ["received", "verifying", "in_progress", "in_review", "fulfilled"],
      ["received done 10", "verifying done 12", "in_progress done 14", "answered done 14"],
    ],
    ["withdrawn at once", ["received", "withdrawn"], ["received done 10", "withdrawn done 11"]],
    [
      "withdrawn while checked",
      ["received", "verifying", "withdrawn"],
      ["received done 10", "verifying unfinished 11", "withdrawn done 12"],
    ],
    [
      "withdrawn while worked on",
      ["received", "verifying", "in_progress", "withdrawn"],
      ["received done 10", "verifying done 12", "in_progress unfinished 12", "withdrawn done 13"],
    ],
    [
      "refused out of the check",
      ["received", "verifying", "in_review", "refused"],
      ["received done 10", "verifying unfinished 11", "in_progress done 13", "answered done 13"],
    ],
    [
      "refused and appealed",
      ["received", "verifying", "in_review", "refused", "appealed"],
      [
        "received done 10",
        "answered done 13",
        "appealed done 14",
        "in_progress todo",
        "answered todo",
      ],
    ],
    [
      "the appeal being checked",
      ["received", "verifying", "in_review", "refused", "appealed", "verifying"],
      [
        "received done 10",
        "answered done 13",
        "appealed done 14",
        "in_progress current 15",
        "answered todo",
      ],
    ],
    [
      "the appeal withdrawn",
      ["received", "verifying", "in_review", "refused", "appealed", "withdrawn"],
      ["received done 10", "answered done 13", "appealed done 14", "withdrawn done 15"],
    ],
  ])("%s", (_, statuses, steps) => {
    expect(read(...statuses)).toEqual(steps);
  });
});
