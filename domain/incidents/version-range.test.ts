import fc from "fast-check";
import { expect, test } from "vitest";

import { alternativesOf, judge, readRange } from "./version-range";

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
  ["7.9～8.0", "7.9 - 8.0"],
  ["", ""],
  // Alternatives, whatever stands between them.
  ["8.1.0，7.9.1", "8.1.0 || 7.9.1"],
  ["8.1.0 || 7.9.1", "8.1.0 || 7.9.1"],
  ["8.1.0、7.9.1；7.9.0", "8.1.0 || 7.9.1 || 7.9.0"],
  ["8.1.0 或 7.9.1 or 7.9.0", "8.1.0 || 7.9.1 || 7.9.0"],
  ["8.1.x, 7.9 - 8.0, 8.1.x,", "8.1.x || 7.9 - 8.0"],
  // Neighbours that bound one range together.
  [">=8.0.0 <8.1.0", ">=8.0.0 <8.1.0"],
  [">=8.0.0, <8.1.0", ">=8.0.0 <8.1.0"],
  ["<8.1.0，≥8.0.0", ">=8.0.0 <8.1.0"],
  [">= 8.0, < 8.1; >=9.0, <9.1", ">= 8.0 < 8.1 || >=9.0 <9.1"],
  ["7.9.1, >=8.0.0, <8.1.0", "7.9.1 || >=8.0.0 <8.1.0"],
  // Neighbours with a gap between them are alternatives, and so are two of one side.
  ["<8.0, >=9.0", "<8.0 || >=9.0"],
  ["<8.0, >=9.0, <9.1", "<8.0 || >=9.0 <9.1"],
  [">=9.0.0, >=8.0.0", ">=9.0.0 || >=8.0.0"],
  // Said to be alternatives, they are.
  [">=8.0.0 || <8.1.0", ">=8.0.0 || <8.1.0"],
])("%j is read as %j", (typed, range) => {
  expect(readRange(typed)).toEqual({ range });
  expect(readRange(range)).toEqual({ range });
});

test.each([
  ["8.1.0，7.9.1", ["8.1.0", "7.9.1"], ["8.0.0", "8.1.1"]],
  [">=8.0.0, <8.1.0", ["8.0.0", "8.0.9"], ["7.9.9", "8.1.0"]],
  ["<8.0, >=9.0", ["7.9.1", "9.0.0"], ["8.0.0", "8.9.9"]],
])("%j reaches whom it names and nobody else", (typed, inside, outside) => {
  const read = readRange(typed);
  const range = "range" in read ? read.range : "";
  expect(inside.map((version) => judge(version, range))).toEqual(inside.map(() => "in"));
  expect(outside.map((version) => judge(version, range))).toEqual(outside.map(() => "out"));
});

test.each([
  ["8.1.0 7.9.1", "8.1.0 7.9.1"],
  [">=9 <8", ">=9 <8"],
  ["7.9.1, >8.1.0 <8.1.0", ">8.1.0 <8.1.0"],
])("no version can satisfy %j", (typed, part) => {
  expect(readRange(typed)).toEqual({ refusal: "nothing", part });
});

test("a build between two versions of three numbers is a version", () => {
  expect(readRange(">8.1.0 <8.1.1")).toEqual({ range: ">8.1.0 <8.1.1" });
  expect(judge("8.1.0.2", ">8.1.0 <8.1.1")).toBe("in");
});

test.each([
  ["8.1.0 || 7.9.1", [{ exactly: "8.1.0" }, { exactly: "7.9.1" }]],
  [
    ">=7.9.0 <8.1.0",
    [{ from: { version: "7.9.0", included: true }, to: { version: "8.1.0", included: false } }],
  ],
  [
    "7.9 - 8.0",
    [{ from: { version: "7.9.0", included: true }, to: { version: "8.1.0", included: false } }],
  ],
  [">8.1.0", [{ from: { version: "8.1.0", included: false }, to: null }]],
  ["<=8.1.0 <8", [{ from: null, to: { version: "8.0.0", included: false } }]],
  ["*", [{ from: null, to: null }]],
  // Stored when a comma still held together.
  ["8.1.0 7.9.1", [{ nothing: "8.1.0 7.9.1" }]],
])("%j is taken apart", (range, alternatives) => {
  expect(alternativesOf(range)).toEqual(alternatives);
});

test.each([
  "从 7.9 到 8.0",
  "7.9-8.0",
  ">=",
  "||",
  "8.1.0, x.y",
  "8.1.0,".repeat(200),
  "\u202e8.1",
])("%j is no range", (typed) => {
  expect(readRange(typed)).toMatchObject({ refusal: "unreadable" });
});

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

test("no text whatever makes the reading fail, and what is read is read again as itself", () => {
  const piece = fc.constantFrom(
    "8.1.0",
    "<8",
    ">=7.9",
    "8.x",
    "7 - 8",
    " ",
    ",",
    "，",
    "||",
    "或",
    "~",
    "-",
    "x",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 60, unit: "binary" }),
        fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
      ),
      (typed) => {
        const read = readRange(typed);
        if (!("range" in read)) return;
        expect(readRange(read.range)).toEqual(read);
        expect(alternativesOf(read.range).some((one) => "nothing" in one)).toBe(false);
      },
    ),
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
