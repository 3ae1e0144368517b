import { expect, test } from "vitest";

import { readAnswer } from "./filing-form";

const form = (fields: Record<string, string | File>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
};

test("a file of UserIDs comes as it is beside what was pasted", async () => {
  const csv = new File(["\ufeffuser_id,name\nu1,甲\n"], "users.csv");
  expect(await readAnswer(form({ step: "subjects", list: "u9", csv }))).toEqual({
    ...{ step: "subjects", list: "u9" },
    file: new TextEncoder().encode("\ufeffuser_id,name\nu1,甲\n"),
  });
  expect(await readAnswer(form({ step: "subjects", list: "u9" }))).toEqual({
    ...{ step: "subjects", list: "u9", file: null },
  });
});

test("a page that is none is left to the schema", async () => {
  for (const step of ["", "__proto__", "constructor", "check"])
    expect(await readAnswer(form({ step, capacity: "own" }))).toEqual({ step });
});
