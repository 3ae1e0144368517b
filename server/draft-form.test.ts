import { describe, expect, test } from "vitest";

import { readApproval, readDraft, readImport } from "./draft-form";
import { readIntent } from "./form-rows";

const form = (fields: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
};

test("a draft is read field by field; what is empty is absent", () => {
  const draft = readDraft(
    form({
      versionId: "v",
      revision: "3",
      label: "3.2",
      effectiveDate: "",
      "texts.zh-CN": "# 甲\r\n",
      "texts.en": "",
      "changes.0.text.zh-CN": " 甲 ",
      "changes.0.text.en": "",
      "changes.0.anchor": "",
      "majorAnswers.rights": "yes",
      "majorAnswers.contacts": "no",
    }),
  );

  expect(draft).toEqual({
    versionId: "v",
    revision: "3",
    label: "3.2",
    effectiveDate: null,
    affectsEndUsers: false,
    changes: [{ text: { "zh-CN": "甲" }, anchor: null }],
    majorAnswers: { rights: true, contacts: false },
    texts: { "zh-CN": "# 甲\r\n" },
  });
});

describe("the buttons of the change list, where no script runs", () => {
  const rows = Object.fromEntries(
    ["甲", "乙", "丙"].map((text, row) => [`changes.${row}.text.zh-CN`, text]),
  );
  test.each([
    ["save", "甲乙丙"],
    ["changes.add", "甲乙丙_"],
    ["changes.remove.1", "甲丙"],
    ["changes.up.2", "甲丙乙"],
    ["changes.up.0", "甲乙丙"],
    ["changes.down.0", "乙甲丙"],
    ["changes.down.2", "甲乙丙"],
    ["changes.remove.9", "甲乙丙"],
  ])("%s leaves %s", (intent, left) => {
    const { changes } = readDraft(form({ ...rows, intent }));
    expect(changes.map(({ text }) => text["zh-CN"] ?? "_").join("")).toBe(left);
  });

  test("ten rows keep their order", () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, row) => [`changes.${row}.text.en`, String(row)]),
    );
    const { changes } = readDraft(form(many));
    expect(changes.map(({ text }) => text.en)).toEqual(
      Array.from({ length: 12 }, (_, n) => String(n)),
    );
  });
});

test("only the submit button submits", () => {
  expect(readIntent(form({ intent: "submit" }))).toBe("submit");
  expect(readIntent(form({ intent: "changes.add" }))).toBe("save");
  expect(readIntent(form({}))).toBe("save");
});

test.each([
  ["1,208", "1208"],
  ["1，208", "1208"],
  [" 1208 ", "1208"],
])("%j people is %s", (typedPeople, people) => {
  expect(readApproval(form({ typedPeople })).typedPeople).toBe(people);
});

test("a file without a choice is an empty one; a name is one line", async () => {
  expect(await readImport(form({}))).toMatchObject({ fileName: "file", bytes: new Uint8Array() });

  const data = new FormData();
  data.append("file", new File(["甲"], "指\u0007引.md"));
  expect(await readImport(data)).toMatchObject({ fileName: "指引.md" });
});
