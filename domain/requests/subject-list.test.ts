import { expect, test } from "vitest";

import { readListed, readSubjects, writeSubjects } from "./subject-list";

const SOUND = { several: [], blank: [], shortened: [], rounded: [], broken: [], repeated: [] };

test("blank lines and a heading are passed over, repetitions counted by line", () => {
  expect(readSubjects("\ufeffUserID\r\nu1\r\n\r\n  u2  \nu1\n")).toMatchObject({
    subjects: ["u1", "u2"],
    duplicates: [5],
    column: SOUND,
  });
});

test("what might be somebody's identifier is no heading", () => {
  expect(readSubjects("user\naccount\nid").subjects).toEqual(["user", "account", "id"]);
});

test("too long and invisible are named by line, the invisible by their numbers", () => {
  const list = readSubjects(
    ["ok", "x".repeat(129), "a\u200Bb", "a\u202Eb", "a\0b", "\ud800", "x".repeat(128)].join("\n"),
  );
  expect(list.tooLong).toEqual([2]);
  expect(list.invisible).toEqual([3, 4, 5, 6]);
  expect(list.signs).toEqual(["U+200B", "U+202E", "U+0000"]);
  expect(list.subjects).toHaveLength(2);
});

test("what a spreadsheet shortened is refused by line; 00123 is text; nothing is merged", () => {
  const list = "UserID\r\n1.23457E+19\r\n1.23457E+19\r\n4.5E+11\r\n00123\r\n";
  expect(() => readListed({ list, file: null })).toThrow(
    expect.objectContaining({
      fields: { list: ["lists.errors.shortened"] },
      values: expect.objectContaining({ shortenedLines: "2, 3, 4" }),
    }),
  );
  expect(readListed({ list: "UserID\n00123\n123\n", file: null })).toEqual({
    subjects: ["00123", "123"],
    duplicates: 0,
  });
});

test("a number that a spreadsheet may have rounded is asked about, in a list and alone, and taken when marked", () => {
  for (const isOne of [true, false]) {
    const list = "4111111111111110";
    expect(() => readListed({ list, file: null, isOne })).toThrow(
      expect.objectContaining({ fields: { list: ["lists.errors.rounded"] } }),
    );
    expect(readListed({ list: `'${list}`, file: null, isOne }).subjects).toEqual([list]);
  }
});

test("of a file the column of the UserIDs counts, and its faults stand at the file", () => {
  const file = (text: string | Uint8Array) => ({
    list: "typed",
    file: typeof text === "string" ? new TextEncoder().encode(text) : text,
  });
  const { subjects } = readListed(
    file("序号,用户ID,备注\n1,user_001,x\n2,user_002,\n3,user_003,\n"),
  );
  expect(subjects).toEqual(["user_001", "user_002", "user_003"]);

  const refusals = [
    ["1,user_001\n2,user_002\n", "lists.errors.several"],
    [Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), "lists.errors.file.binary"],
    [Uint8Array.from([0x50, 0x4b, 0x03, 0x04]), "lists.errors.file.workbook"],
    [new Uint8Array(Buffer.from("UserID\nMüller\n", "latin1")), "lists.errors.file.encoding"],
    [new Uint8Array(), "lists.errors.file.empty"],
    ["UserID\n\n", "errors.field.required"],
  ] as const;
  for (const [content, key] of refusals)
    expect(() => readListed(file(content))).toThrow(
      expect.objectContaining({ fields: { csv: [key] } }),
    );
});

test("a list that is shown again is read as the same subjects", () => {
  const subjects = ["u1", "a,b", 'say "hi"', "小明；小红", "'=1", "=x", "1234567890123450"];
  expect(readSubjects(writeSubjects(subjects)).subjects).toEqual(subjects);
});
