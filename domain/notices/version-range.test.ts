import fc from "fast-check";
import { expect, test } from "vitest";

import { judge, readRange } from "./version-range";

test.each([
  ["8.0.1", ">=7.9.0 <8.1.0", "in"],
  ["8.1.0", ">=7.9.0 <8.1.0", "out"],
  ["7.9", ">=7.9.0 <8.1.0", "in"],
  ["8", ">=7.9.0 <8.1.0", "in"],
  ["8.1.6122-beta.1", ">=8.1.0", "in"],
  ["8.1.6122-beta.1", "<8.1.0", "out"],
  ["8.01.2", "8.1.x", "in"],
  ["8.1.0beta", "8.1.x", "in"],
  ["8.1.0+build.7", "8.1.0", "in"],
])("%s in %s: %s", (version, range, verdict) => {
  expect(judge(version, range)).toBe(verdict);
});

test("a pre-release is in when it or its release is, so that nobody affected is missed", () => {
  expect(judge("8.1.0-rc.1", ">=8.1.0")).toBe("in");
  expect(judge("8.1.0-rc.1", "<8.1.0")).toBe("in");
  expect(judge("8.1.0-rc.1", "<8.0.0")).toBe("out");
});

test("a version of four numbers is in when any place between its neighbours is", () => {
  expect(judge("8.0.1.2", ">8.0.1")).toBe("in");
  expect(judge("8.0.1.2", "<=8.0.1")).toBe("in");
  expect(judge("8.0.1.2", ">=8.0.2")).toBe("out");
  expect(judge("8.0.1.2", "<8.0.1")).toBe("out");
});

test.each(["8.x", "latest", "", "8.1.99999999999999999999", "9007199254740993.0.0"])(
  "nobody can read %j, so it is neither in nor out",
  (version) => {
    expect(judge(version, ">=1.0.0")).toBe("unreadable");
  },
);

test.each([
  ["≥7.9.0 ＜8.1.0", ">=7.9.0 <8.1.0"],
  ["7.9 – 8.0", "7.9 - 8.0"],
  ["7.9—8.0", "7.9 - 8.0"],
  [" ７.9.x ", "7.9.x"],
  ["", ""],
])("%j is read as %j", (typed, range) => {
  expect(readRange(typed)).toBe(range);
});

test.each(["从 7.9 到 8.0", "7.9-8.0", ">=", "8.1.0 ".repeat(60), "\u202e8.1"])(
  "%j is no range",
  (typed) => {
    expect(readRange(typed)).toBeNull();
  },
);

test("plain versions lie in a range exactly when their numbers do", () => {
  const number = fc.integer({ min: 0, max: 12 });
  const triple = fc.tuple(number, number, number);
  const less = (a: number[], b: number[]) => {
    const at = a.findIndex((part, index) => part !== b[index]);
    return at !== -1 && (a[at] ?? 0) < (b[at] ?? 0);
  };
  fc.assert(
    fc.property(triple, triple, triple, (version, from, to) => {
      const isIn = !less(version, from) && less(version, to);
      const verdict = judge(version.join("."), `>=${from.join(".")} <${to.join(".")}`);
      expect(verdict).toBe(isIn ? "in" : "out");
    }),
  );
});

test("no version whatever makes it fail", () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 40, unit: "binary" }),
      fc.constantFrom("", ">=1.0.0", "7.x || 8.0 - 9"),
      (version, range) => {
        expect(["in", "out", "unreadable"]).toContain(judge(version, range));
      },
    ),
  );
});
