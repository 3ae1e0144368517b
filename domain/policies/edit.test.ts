import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { policyTexts } from "@/db/schema";
import { acting } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";
import {
  answers,
  completeDraft,
  givenApproved,
  givenDesk,
  givenDraft,
  givenInForce,
  givenSubmitted,
  MAJOR_CHANGE,
  versionNow,
} from "@/tests/support/policies";
import { recordOf } from "@/tests/support/record";

import { editVersion } from "./edit";
import { findVersion } from "./find-version";
import { approveVersion } from "./review";

const NOON = "2026-03-02 12:00";

test("a save keeps the text to the last character", async () => {
  const desk = await givenDesk();
  const version = await givenDraft(desk);
  const text = "一、引言\n\n  缩进，全角空格　和\t制表符。\n\n\n“引号”——𠮷 🇨🇳\n";

  await editVersion(acting(desk.author, NOON), completeDraft(version, { text }));

  const { texts } = await findVersion(acting(desk.author, NOON), { versionId: version.id });
  expect(texts["zh-CN"]).toBe(text);
});

test("line ends of any system become one kind", async () => {
  const desk = await givenDesk();
  const version = await givenDraft(desk);

  await editVersion(acting(desk.author, NOON), completeDraft(version, { text: "甲\r\n乙\r丙" }));

  const { texts } = await findVersion(acting(desk.author, NOON), { versionId: version.id });
  expect(texts["zh-CN"]).toBe("甲\n乙\n丙");
});

test.each([
  ["NUL", "甲\u0000乙"],
  ["a lone surrogate", "甲\ud800乙"],
])("a text with %s is refused at its field", async (_, text) => {
  const desk = await givenDesk();
  const version = await givenDraft(desk);

  const saved = editVersion(acting(desk.author, NOON), completeDraft(version, { text }));

  await expect(saved).rejects.toMatchObject({
    fields: { "texts.zh-CN": ["errors.field.unstorable"] },
  });
});

test("half a megabyte on one line is refused at its field, with the line", async () => {
  const desk = await givenDesk();
  const version = await givenDraft(desk);
  const text = `引言\n${"字".repeat(150_000)}`;

  const saved = editVersion(acting(desk.author, NOON), completeDraft(version, { text }));

  await expect(saved).rejects.toMatchObject({
    code: "invalid",
    fields: { "texts.zh-CN": [expect.stringMatching(/lineTooLong$/)] },
    values: { line: 2 },
  });
});

test("saving the same again changes nothing and records nothing", async () => {
  const desk = await givenDesk();
  const version = await givenDraft(desk);
  const before = await recordOf(version.id);

  const saved = await editVersion(acting(desk.author, NOON), completeDraft(version));

  expect(saved.revision).toBe(version.revision);
  expect(await recordOf(version.id)).toEqual(before);
});

test("of two who saved from the same state the second is told, and nothing is overwritten", async () => {
  const desk = await givenDesk();
  const version = await givenDraft(desk);
  const colleague = await givenStaff("author");
  await editVersion(acting(desk.author, NOON), completeDraft(version, { text: "先写的" }));

  const second = editVersion(
    acting(colleague, "2026-03-02 12:05"),
    completeDraft(version, { text: "后写的" }),
  );

  await expect(second).rejects.toMatchObject({
    code: "conflict",
    messageKey: "policies.errors.editedMeanwhile",
    values: { time: "12:00" },
  });
  const { texts } = await findVersion(acting(desk.author, NOON), { versionId: version.id });
  expect(texts["zh-CN"]).toBe("先写的");
});

test("P42: any yes makes a change major, and no makes it ordinary again", async () => {
  const desk = await givenDesk();
  const version = await givenDraft(desk);

  for (const question of [
    "service_model",
    "ownership",
    "recipients",
    "rights",
    "contacts",
    "high_risk",
    "other",
  ] as const) {
    const current = await versionNow(version.id);
    const draft = { ...completeDraft(current), majorAnswers: answers(question) };
    await editVersion(acting(desk.author, NOON), draft);
    expect((await versionNow(version.id)).isMajor, question).toBe(true);
  }
  await editVersion(acting(desk.author, NOON), completeDraft(await versionNow(version.id)));
  expect((await versionNow(version.id)).isMajor).toBe(false);
});

test("an edit voids the review: the version is a draft again and cannot be approved", async () => {
  const desk = await givenInForce();
  const version = await givenSubmitted(desk, MAJOR_CHANGE);

  await editVersion(
    acting(desk.author, NOON),
    completeDraft(version, { ...MAJOR_CHANGE, text: "换了一句。" }),
  );

  expect(await versionNow(version.id)).toMatchObject({ status: "draft", contentHash: null });
  expect(await recordOf(version.id)).toContain("version.returned");
  const approved = approveVersion(acting(desk.approver, NOON), {
    versionId: version.id,
    contentHash: version.contentHash,
  });
  await expect(approved).rejects.toMatchObject({ code: "conflict" });
});

test("whoever edits becomes a writer and may not approve", async () => {
  const desk = await givenInForce();
  const both = await givenStaff("author", "approver");
  const version = await givenDraft(desk, MAJOR_CHANGE);

  await editVersion(acting(both, NOON), {
    ...completeDraft(version, MAJOR_CHANGE),
    affectsEndUsers: true,
  });

  expect((await versionNow(version.id)).writerIds).toEqual([desk.author.id, both.id]);
});

test("what was approved is not edited", async () => {
  const desk = await givenInForce();
  const version = await givenApproved(desk, MAJOR_CHANGE);

  const edited = editVersion(acting(desk.author, NOON), completeDraft(version, MAJOR_CHANGE));

  await expect(edited).rejects.toMatchObject({ messageKey: "policies.errors.notEditable" });
});

test("a text remembers the file it came from until somebody types over it", async () => {
  const desk = await givenDesk();
  const version = await givenDraft(desk);
  const sourceOf = async () => {
    const [text] = await db
      .select({ sourceName: policyTexts.sourceName })
      .from(policyTexts)
      .where(eq(policyTexts.versionId, version.id));
    return text?.sourceName;
  };

  await editVersion(acting(desk.author, NOON), {
    ...completeDraft(version, { text: "文件里的字" }),
    sources: { "zh-CN": "指引.docx" },
  });
  expect(await sourceOf()).toBe("指引.docx");

  const ticked = {
    ...completeDraft(await versionNow(version.id), { text: "文件里的字" }),
    affectsEndUsers: true,
  };
  await editVersion(acting(desk.author, NOON), ticked);
  expect(await sourceOf()).toBe("指引.docx");

  const typed = completeDraft(await versionNow(version.id), { text: "文件里的字，又改了" });
  await editVersion(acting(desk.author, NOON), typed);
  expect(await sourceOf()).toBeNull();
});

test("a text that was emptied is gone", async () => {
  const desk = await givenDesk();
  const version = await givenDraft(desk, { english: "# One" });

  await editVersion(acting(desk.author, NOON), {
    ...completeDraft(version),
    texts: { "zh-CN": "甲", en: "  \n" },
  });

  const { texts } = await findVersion(acting(desk.author, NOON), { versionId: version.id });
  expect(texts).toEqual({ "zh-CN": "甲" });
});

test("only authors edit", async () => {
  const desk = await givenDesk();
  const version = await givenDraft(desk);

  const edited = editVersion(acting(desk.approver, NOON), completeDraft(version, { text: "x" }));

  await expect(edited).rejects.toMatchObject({ code: "not_allowed" });
});
