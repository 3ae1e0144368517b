import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { effort } from "@/tests/support/effort";

import { readColumn } from "./id-column";

const HEADS = [["userid", "用户id"], ["手机号"]];
const NONE = { several: [], blank: [], shortened: [], rounded: [], broken: [], repeated: [] };
const read = (text: string) => {
  const { cells, faults } = readColumn(text, HEADS);
  return { values: cells.map(({ value }) => value), faults };
};

describe("the column is found by its head", () => {
  test.each([
    ["in second place", "序号,用户ID,备注\n1,user_001,x\n2,user_002,\n", ["user_001", "user_002"]],
    ["with semicolons", "序号;User ID（必填）\n1;u1\n2;u2", ["u1", "u2"]],
    ["after Excel's sep line", "sep=|\n序号|用户ID\n1|u,1\n", ["u,1"]],
    ["pasted from a sheet", "序号\t用户ID\n1\tu1\n2\tu2\n", ["u1", "u2"]],
    ["with a note of several lines", '用户ID,备注\nu1,"一\n二"\nu2,\n', ["u1", "u2"]],
    ["the surer one of two", "手机号,用户ID\n138,u1\n", ["u1"]],
    ["alone", "\ufeffUserID\r\nu1\r\n\r\n  u2  \n", ["u1", "u2"]],
    ["alone, with the empty cells of a table", "用户ID,,\nu1,,\nu2\t\t\n", ["u1", "u2"]],
  ])("%s", (_how, text, values) => {
    expect(read(text)).toEqual({ values, faults: NONE });
  });
});

test("without a head the lines are the list, and a quoted one may hold anything", () => {
  expect(
    read('u1\n"a,b"\n"say ""hi"""\n="00123"\n00123\n\'+8613800000000\nuser@a.example'),
  ).toEqual({
    values: ["u1", "a,b", 'say "hi"', "00123", "00123", "+8613800000000", "user@a.example"],
    faults: NONE,
  });
});

describe("what cannot be told is named by line, never guessed", () => {
  test.each([
    ["columns without heads", "1,u1\n2,u2\n", { several: [1, 2] }],
    ["columns with other heads", "序号,姓名\n1,u1\n", { several: [1, 2] }],
    ["several in one line", "u1、u2\nu3\nu4，u5", { several: [1, 3] }],
    ["more cells than heads", "序号,用户ID\n1,u1,x\n2,u2\n", { several: [2] }],
    ["a row without it", "序号,用户ID\n1,\n2,u2\n", { blank: [2] }],
    ["two columns of that name", "用户ID,UserID\nu1,u2\n", { repeated: [1] }],
    ["a stray quote", '序号,用户ID\n1,u1\n2,"u2\n3,u3', { broken: [3] }],
    [
      "scientific",
      "UserID\n1.23457E+19\n4.5e+11\n1E+19\n00123\n1e5\n12E3",
      { shortened: [2, 3, 4] },
    ],
    ["a spreadsheet's errors", "#N/A\nu1\n#REF!\n####", { shortened: [1, 3, 4] }],
    ["rounded", "UserID\n1234567890123450000\n223456789012345000\nu1", { rounded: [2, 3] }],
    ["rounded, alone", "1234567890123450", { rounded: [1] }],
    ["rounded, seventeen digits", "UserID\n12345678901234500", { rounded: [2] }],
    ["rounded, beside a marked one", "'1234567890123450\n123456789012345000", { rounded: [2] }],
  ])("%s", (_what, text, faults) => {
    expect(read(text).faults).toEqual({ ...NONE, ...faults });
  });
});

test("long numbers stay what they are, unless every one ends in zeros", () => {
  const ids = ["1234567890123456789", "1234567890123450000"];
  expect(read(ids.join("\n"))).toEqual({ values: ids, faults: NONE });
  expect(read("123456789012340")).toEqual({ values: ["123456789012340"], faults: NONE });
});

test("a long number that is marked as text has been looked at", () => {
  for (const text of ["'4111111111111110", "序号,用户ID\n1,'4111111111111110\n"])
    expect(read(text)).toEqual({ values: ["4111111111111110"], faults: NONE });
});

test("a megabyte of blanks is read in a moment", async () => {
  const text = `${" ".repeat(1_000_000)}x\n${",".repeat(1_000_000)}x`;
  expect(await effort(() => read(text))).toBeLessThan(2_000);
});

test("no text whatever makes it fail, and nothing is read that does not stand there", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      for (const value of read(text).values)
        expect(text.replaceAll('""', '"')).toContain(value.replaceAll('""', '"'));
    }),
  );
});
