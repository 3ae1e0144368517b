import { expect, test } from "vitest";

import { db } from "@/db/client";
import { acting } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";

import { importYear, previewYear } from "./import-year";
import { findYear } from "./save-year";

const admin = async () => acting(await givenStaff("admin"), "2026-12-01 09:00");
const form = (csv: string | Uint8Array<ArrayBuffer>, year: string | number = 2027) => ({
  year,
  source: "国务院办公厅通知",
  isComplete: true,
  bytes: typeof csv === "string" ? new TextEncoder().encode(csv) : csv,
});

test("a year comes in by file, all of it", async () => {
  const csv = "\ufeffday,kind,note\r\n2027-01-01,rest,元旦\r\n2027-01-03,work,调休\r\n";
  const ctx = await admin();
  expect((await previewYear(ctx, form(csv))).problems).toEqual([]);
  expect(await findYear(db, 2027)).toBeNull();
  await importYear(ctx, form(csv));
  expect(await findYear(db, 2027)).toEqual({
    year: 2027,
    source: "国务院办公厅通知",
    isComplete: true,
    days: [
      { day: "2027-01-01", kind: "rest", note: "元旦" },
      { day: "2027-01-03", kind: "work", note: "调休" },
    ],
  });
  await importYear(ctx, form(csv));
});

test("a year comes in as a spreadsheet writes it, too", async () => {
  const csv = "sep=;\r\nDay;Kind;Note\r\n2029/1/1;Rest;元旦\r\n2029年1月6日;WORK;\r\n";
  expect(await previewYear(await admin(), form(csv, 2029))).toMatchObject({
    problems: [],
    days: [
      { day: "2029-01-01", kind: "rest", note: "元旦" },
      { day: "2029-01-06", kind: "work", note: null },
    ],
  });
});

test("what is wrong is named by line, and nothing of the file is written", async () => {
  const lines = [
    "day,kind,note",
    "2028-01-01,rest,元旦",
    "2028-02-30,rest,",
    "2028-01-01,work,",
    "2027-05-01,rest,",
    "2028-05-01,holiday,",
    `2028-05-02,rest,${"长".repeat(61)}`,
  ];
  const ctx = await admin();
  const { problems } = await previewYear(ctx, form(lines.join("\n"), 2028));
  expect(problems).toEqual([
    { line: 3, problem: "calendar.errors.day" },
    { line: 4, problem: "calendar.errors.repeatedDay" },
    { line: 5, problem: "calendar.errors.notThisYear" },
    { line: 6, problem: "calendar.errors.kind" },
    { line: 7, problem: "calendar.errors.note" },
  ]);
  await expect(importYear(ctx, form(lines.join("\n"), 2028))).rejects.toMatchObject({
    fields: { file: ["calendar.errors.problems"] },
  });
  expect(await findYear(db, 2028)).toBeNull();
});

test.each([
  ["nothing", new Uint8Array()],
  ["a picture", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 255])],
  ["other columns", "date,type\n2027-01-01,rest"],
  ["a workbook", new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0x14])],
  [
    "Latin-1",
    new Uint8Array(Buffer.from("day,kind,note\n2027-01-01,rest,Neujahr für alle", "latin1")),
  ],
  ["a stray quote", 'day,kind,note\n2027-01-01,rest,"元旦'],
  ["2 MB", "x".repeat(2 * 1024 * 1024)],
])("%s is refused at the file", async (_what, bytes) => {
  await expect(previewYear(await admin(), form(bytes))).rejects.toMatchObject({
    fields: { file: [expect.any(String)] },
  });
});

test.each(["", "二〇二七", "1999", "2027.5"])(
  "the year %j is refused at its field",
  async (year) => {
    await expect(previewYear(await admin(), form("day,kind,note\n", year))).rejects.toMatchObject({
      fields: { year: [expect.any(String)] },
    });
  },
);

test("only an administrator enters a year", async () => {
  const handler = acting(await givenStaff("handler"), "2026-12-01 09:00");
  await expect(importYear(handler, form("day,kind,note\n"))).rejects.toThrow("errors.notAllowed");
});
