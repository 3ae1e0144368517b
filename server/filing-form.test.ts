import { expect, test } from "vitest";

import { readAnswer } from "./filing-form";

const form = (fields: Record<string, string | File>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
};

test("a file of UserIDs goes before what was pasted", async () => {
  const csv = new File(["\ufeffuser_id,name\nu1,甲\n"], "users.csv");
  expect(await readAnswer(form({ step: "subjects", list: "u9", csv }))).toEqual({
    ...{ step: "subjects", isCsv: true },
    list: expect.stringContaining("u1"),
  });
  const none = new File([], "");
  expect(await readAnswer(form({ step: "subjects", list: "u9", csv: none }))).toEqual({
    ...{ step: "subjects", list: "u9", isCsv: false },
  });
});

test("a file that is no text is passed on as what no list may hold", async () => {
  const csv = new File(["\x89PNG\r\n\x1a\n\0\0\0"], "users.csv.exe");
  expect(await readAnswer(form({ step: "subjects", csv }))).toMatchObject({
    isCsv: true,
    list: expect.stringMatching(/\0/),
  });
});

test("a page that is none is left to the schema", async () => {
  for (const step of ["", "__proto__", "constructor", "check"])
    expect(await readAnswer(form({ step, capacity: "own" }))).toEqual({ step });
});
