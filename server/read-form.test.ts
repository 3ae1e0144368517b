import { describe, expect, test } from "vitest";
import { z } from "zod";

import { noticeInput } from "@/domain/incidents/input";
import { moveIncident } from "@/domain/incidents/move-incident";
import { openIncident } from "@/domain/incidents/open-incident";
import { draftInput } from "@/domain/policies/input";
import { approveVersion } from "@/domain/policies/review";
import { saveStep } from "@/domain/requests/save-step";

import { readAudience, readImport } from "./form-files";
import { readForm, readIntent } from "./read-form";

const form = (fields: Record<string, string | string[]>) => {
  const data = new FormData();
  for (const [name, values] of Object.entries(fields))
    for (const value of [values].flat()) data.append(name, value);
  return data;
};
const readNotice = (data: FormData) => readForm(data, noticeInput);
const readDraft = (data: FormData) => readForm(data, draftInput.omit({ sources: true }));

test("a draft is read field by field; what is empty is absent", () => {
  const draft = readDraft(
    form({
      versionId: "v",
      revision: "3",
      label: "3.2",
      effectiveDate: "",
      "texts.zh-CN": "# 甲\r\n",
      "texts.en": "",
      "changes.0.text.zh-CN": "甲",
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
  ["1,208", 1208],
  ["1，208", 1208],
  [" 1208 ", 1208],
])("%j people is %s", (typedPeople, people) => {
  expect(
    approveVersion.input.shape.typedPeople.parse(
      readForm(form({ typedPeople }), approveVersion.input).typedPeople,
    ),
  ).toBe(people);
});

test("which file a text came from is not the form's to say", () => {
  expect(readDraft(form({ "sources.zh-CN": "guide.docx" }))).not.toHaveProperty("sources");
});

test("a file without a choice is an empty one; a name is one line", async () => {
  expect(await readImport(form({}))).toMatchObject({ fileName: "file", bytes: new Uint8Array() });

  const data = new FormData();
  data.append("file", new File(["甲"], "指\u0007引.md"));
  expect(await readImport(data)).toMatchObject({ fileName: "指引.md" });
});

test("a notice is read part by part; what is empty is absent, numbers and times come as typed", () => {
  const notice = readNotice(
    form({
      noticeId: "n",
      revision: "3",
      type: "initial",
      notifies: "no",
      silentReason: "改错字",
      actionability: "required",
      "title.zh-CN": "标题",
      "title.en": "  ",
      "situation.zh-CN": "情况",
      "measures.0.state": "taken",
      "measures.0.at": "2026-11-20T09:20",
      "measures.0.text.zh-CN": "已作废",
      "measures.1.state": "planned",
      "measures.1.at": "",
      "adviceDevelopers.0.zh-CN": "升级",
      "adviceDevelopers.0.en": "Upgrade",
    }),
  );

  expect(notice).toMatchObject({
    noticeId: "n",
    revision: "3",
    correctsId: null,
    notifies: false,
    silentReason: "改错字",
    title: { "zh-CN": "标题" },
    measures: [
      { state: "taken", at: "2026-11-20T09:20", text: { "zh-CN": "已作废" } },
      { state: "planned", at: "", text: {} },
    ],
    adviceDevelopers: [{ "zh-CN": "升级", en: "Upgrade" }],
    adviceEndUsers: {},
  });
  expect(notice).not.toHaveProperty("visibility");
});

test("where no script runs, a button adds a measure and moves advice", () => {
  const rows = { "adviceDevelopers.0.en": "one", "adviceDevelopers.1.en": "two" };

  expect(readNotice(form({ ...rows, intent: "measures.add" })).measures).toEqual([
    { at: "", text: {} },
  ]);
  expect(readNotice(form({ ...rows, intent: "adviceDevelopers.up.1" })).adviceDevelopers).toEqual([
    { en: "two" },
    { en: "one" },
  ]);
});

test("a moment is one of Beijing's clock; one that is none is refused beside its field", () => {
  const read = (at: string) =>
    moveIncident.input.shape.at.safeParse(readForm(form({ at }), moveIncident.input).at);

  expect(read("2026-11-20T09:20").data).toEqual(new Date("2026-11-20T01:20:00Z"));
  expect(read("2026-11-20T09:20:30+01:00").data).toEqual(new Date("2026-11-20T08:20:30Z"));
  for (const none of ["", "20261-11-20T09:20", "2026-02-30T10:00", "morgen"])
    expect(read(none).error?.issues[0]?.message).toBe("errors.field.moment");
  expect(readForm(form({ occurredAt: "" }), openIncident.input).occurredAt).toBeNull();
});

describe("an audience", () => {
  test("is read with every ticked box", async () => {
    const audience = await readAudience(
      form({ by: "rule", platforms: ["android", "ios"], regions: "sg", versionRange: ">=7.9.0" }),
    );

    expect(audience).toMatchObject({
      platforms: ["android", "ios"],
      regions: ["sg"],
      apiOnly: false,
      leavesOut: false,
    });
  });

  test("brings a chosen file as it is", async () => {
    const data = form({ by: "list", named: "1400000001" });
    data.append("namedFile", new File(["\ufeffsdkappid\n1400000002\n"], "apps.csv"));

    expect(await readAudience(data)).toMatchObject({
      named: "1400000001",
      namedFile: new TextEncoder().encode("\ufeffsdkappid\n1400000002\n"),
      excludedFile: null,
    });
  });
});

test("a page of the wizard is read by its name; one that is none is left to the schema", () => {
  const { answer } = saveStep.input.shape;

  expect(readForm(form({ step: "who", capacity: "own", place: "x" }), answer)).toEqual({
    step: "who",
    capacity: "own",
  });
  for (const step of ["", "__proto__", "constructor", "check"])
    expect(readForm(form({ step, capacity: "own" }), answer)).toEqual({ step });
});

test("only what the schema names is read, whatever else is sent", () => {
  const schema = z.object({ id: z.string(), nested: z.object({ box: z.boolean() }) });
  const sent = form({
    id: "a",
    "nested.box": "on",
    "nested.more": "x",
    __proto__: "y",
    role: "admin",
  });

  expect(readForm(sent, schema)).toEqual({ id: "a", nested: { box: true } });
});

test("what is not sent is the schema's default, and only then", () => {
  const schema = z.object({ tells: z.boolean().default(true), kind: z.enum(["a"]).default("a") });

  expect(schema.parse(readForm(form({}), schema))).toEqual({ tells: true, kind: "a" });
  expect(readForm(form({ tells: "no", kind: "" }), schema)).toEqual({ tells: false, kind: "" });
});
