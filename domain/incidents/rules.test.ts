import { expect, test } from "vitest";

import { INCIDENT_STATUSES, SEVERITIES } from "@/db/vocabulary/incidents";
import { beijing } from "@/tests/support/context";
import { PARTS } from "@/tests/support/notices";

import {
  adviceVersion,
  assertIncidentMove,
  audienceProblems,
  dateProblems,
  firstNoticeClock,
  firstNoticeDue,
  INCIDENT_MOVES,
  missingForSubmission,
  needsTypedCount,
  type Submission,
} from "./rules";

const now = beijing("2026-11-20 10:00");

test("an incident moves along one table; every other move is refused", () => {
  for (const from of INCIDENT_STATUSES) {
    for (const to of INCIDENT_STATUSES) {
      const move = () => assertIncidentMove(from, to);
      if (INCIDENT_MOVES[from].some((one) => one === to)) expect(move).not.toThrow();
      else expect(move).toThrow("notices.errors.movedOn");
    }
  }
});

test("P17: the first notice has its hours by severity, and a breach stays visible", () => {
  const discoveredAt = beijing("2026-11-20 09:00");
  const dueOf = SEVERITIES.map((severity) => firstNoticeDue({ severity, discoveredAt }));
  expect(dueOf).toEqual(
    ["2026-11-20 10:00", "2026-11-20 11:00", "2026-11-20 13:00", "2026-11-21 09:00"].map(beijing),
  );
  const stateAt = (moment: string, first: string | null) =>
    firstNoticeClock({
      firstNoticeDueAt: firstNoticeDue({ severity: "major", discoveredAt }),
      firstToldAt: first ? beijing(first) : null,
      now: beijing(moment),
    }).state;
  expect(stateAt("2026-11-20 11:00", null)).toBe("running");
  expect(stateAt("2026-11-20 11:01", null)).toBe("breached");
  expect(stateAt("2026-11-25 09:00", "2026-11-20 10:59")).toBe("kept");
  expect(stateAt("2026-11-25 09:00", "2026-11-20 11:01")).toBe("late");
});

const dates = (
  given: Partial<Record<"occurredAt" | "discoveredAt" | "containedAt" | "resolvedAt", string>>,
) => ({
  occurredAt: given.occurredAt ? beijing(given.occurredAt) : null,
  discoveredAt: beijing(given.discoveredAt ?? "2026-11-20 09:00"),
  containedAt: given.containedAt ? beijing(given.containedAt) : null,
  resolvedAt: given.resolvedAt ? beijing(given.resolvedAt) : null,
});

test.each([
  [{ occurredAt: "2026-11-20 09:01" }, { occurredAt: "afterDiscovery" }],
  [{ discoveredAt: "2026-11-20 10:01" }, { discoveredAt: "future" }],
  [
    { occurredAt: "2026-11-19 09:00", containedAt: "2026-11-19 08:00" },
    { containedAt: "beforeOccurrence" },
  ],
  [{ resolvedAt: "2026-11-20 08:00" }, { resolvedAt: "beforeDiscovery" }],
  [
    { containedAt: "2026-11-20 09:50", resolvedAt: "2026-11-20 09:40" },
    { resolvedAt: "beforeContainment" },
  ],
  [
    { containedAt: "2026-11-20 10:30", resolvedAt: "2026-11-20 10:40" },
    { containedAt: "future", resolvedAt: "future" },
  ],
])("dates in the wrong order are refused at their field: %j", (given, problems) => {
  expect(dateProblems(dates(given), { status: "investigating", now })).toEqual(
    Object.fromEntries(
      Object.entries(problems).map(([field, key]) => [field, [`notices.errors.dates.${key}`]]),
    ),
  );
});

test("what stopped before it was noticed is in order, and a status asks for its date", () => {
  const ended = dates({ occurredAt: "2026-11-18 09:00", containedAt: "2026-11-19 09:00" });
  expect(dateProblems(ended, { status: "contained", now })).toEqual({});
  expect(dateProblems(dates({}), { status: "contained", now })).toHaveProperty("containedAt");
  expect(dateProblems(dates({}), { status: "closed", now })).toHaveProperty("resolvedAt");
});

const complete: Submission = {
  type: "initial",
  parts: PARTS,
  correctsId: null,
  notifies: true,
  silentReason: null,
  goesOutAt: null,
  incident: { status: "investigating", dataKinds: { "zh-CN": "令牌" }, cause: { "zh-CN": "权限" } },
  now,
};

test("P20, P21, P22: all empty parts of a notice are told at once, each at its field", () => {
  expect(missingForSubmission(complete)).toEqual({});
  const empty = {
    title: {},
    situation: { en: "only English" },
    measures: [],
    adviceDevelopers: [],
    adviceEndUsers: { "zh-CN": " \n" },
  };
  const missing = missingForSubmission({
    ...complete,
    parts: { ...PARTS, ...empty },
    incident: { status: "investigating", dataKinds: {}, cause: {} },
  });
  expect(Object.keys(missing).sort()).toEqual([
    "adviceDevelopers",
    "adviceEndUsers.zh-CN",
    "incident.cause",
    "incident.dataKinds",
    "measures",
    "situation.zh-CN",
    "title.zh-CN",
  ]);
});

test("an announcement without words lacks its text, as the field is called there", () => {
  const parts = { ...PARTS, situation: {} };
  expect(missingForSubmission({ ...complete, type: "announcement", parts })).toEqual({
    "situation.zh-CN": ["notices.errors.missing.text"],
  });
});

test("P21: a measure taken is not in the future, a planned one not in the past, and each has its time", () => {
  const measure = (state: "taken" | "planned", at: string, text = "做") => ({
    state,
    at,
    text: { "zh-CN": text },
  });
  const missing = missingForSubmission({
    ...complete,
    parts: {
      ...PARTS,
      measures: [
        measure("taken", "2026-11-20T02:01:00.000Z"),
        measure("planned", "2026-11-20T01:59:00.000Z"),
        measure("planned", ""),
        measure("taken", "2026-11-20T02:00:00.000Z", ""),
      ],
    },
  });
  expect(missing).toEqual({
    "measures.0.at": ["notices.errors.missing.takenInFuture"],
    "measures.1.at": ["notices.errors.missing.plannedInPast"],
    "measures.2.at": ["notices.errors.missing.measureTime"],
    "measures.3.text.zh-CN": ["notices.errors.missing.measure"],
  });
});

test("not to notify needs a reason, a correction what it corrects, a final report a resolved incident", () => {
  expect(missingForSubmission({ ...complete, notifies: false })).toHaveProperty("silentReason");
  expect(missingForSubmission({ ...complete, type: "correction" })).toHaveProperty("correctsId");
  expect(missingForSubmission({ ...complete, type: "final" })).toHaveProperty("type");
});

test("an announcement needs a title and a text only", () => {
  const parts = { ...PARTS, measures: [], adviceDevelopers: [], adviceEndUsers: {} };
  expect(
    missingForSubmission({ ...complete, type: "announcement", incident: null, parts }),
  ).toEqual({});
});

test("the number is typed for everybody and above a thousand, when somebody is told", () => {
  const some = { apps: 3, people: 1000, isEverybody: false };
  expect(needsTypedCount(true, some)).toBe(false);
  expect(needsTypedCount(true, { ...some, people: 1001 })).toBe(true);
  expect(needsTypedCount(true, { ...some, people: 2, isEverybody: true })).toBe(true);
  expect(needsTypedCount(false, { ...some, people: 5000 })).toBe(false);
});

test("a range of versions has nothing to narrow where only the API is chosen", () => {
  const rule = { platforms: [], apiOnly: true, versionRange: "<8" };
  expect(audienceProblems(rule)).toHaveProperty("versionRange");
  expect(audienceProblems({ ...rule, platforms: ["ios"] })).toEqual({});
});

test("an advice offers the one version it names, and never the affected one", () => {
  const affected = { kind: "versions", versions: [{ version: "8.1.0" }] };
  const offered = (...texts: string[]) => adviceVersion(texts, affected);
  expect(offered("请升级到 8.1.2。", "Upgrade to 8.1.2.")).toBe("8.1.2");
  expect(offered("升级到8.1.2或更高版本")).toBe("8.1.2");
  expect(offered("请停用 8.1.0。")).toBeNull();
  expect(offered("从 8.1.0 升级到 8.1.2")).toBeNull();
  expect(offered("请更换密钥，11 月 30 日前完成。")).toBeNull();
});
