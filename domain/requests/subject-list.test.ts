import { expect, test } from "vitest";

import { namedLines, readSubjects } from "./subject-list";

test("blank lines and a heading are passed over, repetitions counted by line", () => {
  const list = readSubjects("\ufeffUserID\r\nu1\r\n\r\n  u2  \nu1\n");
  expect(list).toEqual({ subjects: ["u1", "u2"], duplicates: [5], tooLong: [], invisible: [] });
});

test("of a CSV file the first column counts, quoted or not", () => {
  const list = readSubjects('user_id,name\n"a,b",x\nc;d\n"e""f"\n', { isCsv: true });
  expect(list.subjects).toEqual(["a,b", "c", 'e"f']);
});

test("too long and invisible are named by line", () => {
  const list = readSubjects(
    ["ok", "x".repeat(129), "a\u200Bb", "a\u202Eb", "a\0b", "\ud800", "x".repeat(128)].join("\n"),
  );
  expect(list.tooLong).toEqual([2]);
  expect(list.invisible).toEqual([3, 4, 5, 6]);
  expect(list.subjects).toHaveLength(2);
});

test("a report names ten lines and counts the rest", () => {
  expect(namedLines([3, 4])).toBe("3, 4");
  expect(namedLines(Array.from({ length: 14 }, (_, n) => n + 1))).toBe(
    "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 … (+4)",
  );
});
