import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { policyTexts } from "@/db/schema";
import { acting } from "@/tests/support/context";
import { completeDraft, givenDesk, givenDraft } from "@/tests/support/policies";
import { recordLength, recordOf } from "@/tests/support/record";

import { confirmImport } from "./confirm-import";
import { editVersion } from "./edit";
import { findVersion } from "./find-version";
import { replaceText } from "./replace-text";
import { submitVersion } from "./submit";

const NOON = "2026-01-05 12:00";
const TEXT = "# 指引\n\n一、引言\n\n我们收集设备型号。";

/** A complete draft whose Chinese text came from a file with a comment in it. */
async function givenWarned(text = `${TEXT}<!-- 法务待确认 -->\n`) {
  const desk = await givenDesk();
  const author = acting(desk.author, NOON);
  const draft = await givenDraft(desk);
  const { revision } = await editVersion(author, completeDraft(draft));
  const bytes = new TextEncoder().encode(text);
  const file = { fileName: "指引.md", bytes, locale: "zh-CN" as const };
  await replaceText(author, { versionId: draft.id, revision, ...file });
  const read = () => findVersion(author, { versionId: draft.id });
  const { version } = await read();
  return { desk, author, read, at: { versionId: draft.id, revision: version.revision } };
}

test("what an import left out is kept with the draft, with its place and words", async () => {
  const { read } = await givenWarned();
  const { warned, missing } = await read();
  expect(warned).toEqual([
    {
      locale: "zh-CN",
      warnings: [{ kind: "comments", place: "我们收集设备型号。", words: "法务待确认" }],
      confirmedAt: null,
    },
  ]);
  expect(missing["warnings.zh-CN"]).toEqual(["policies.errors.missing.warnings"]);
});

test("nothing goes to review before its author has confirmed the warnings; that is on the record", async () => {
  const { author, read, at } = await givenWarned();
  await expect(submitVersion(author, at)).rejects.toMatchObject({
    fields: { "warnings.zh-CN": ["policies.errors.missing.warnings"] },
  });

  await confirmImport(author, { ...at, locale: "zh-CN" });

  expect((await recordOf(at.versionId)).at(-1)).toBe("version.import_confirmed");
  expect((await read()).missing).toEqual({});
  await submitVersion(author, at);
  expect((await read()).version.status).toBe("in_review");
});

test("confirming again changes nothing, and what was not warned of is not confirmed", async () => {
  const { author, at } = await givenWarned();
  await confirmImport(author, { ...at, locale: "zh-CN" });
  const length = await recordLength();
  await confirmImport(author, { ...at, locale: "zh-CN" });
  expect(await recordLength()).toBe(length);
  const absent = confirmImport(author, { ...at, locale: "en" });
  await expect(absent).rejects.toMatchObject({ code: "not_found" });
});

test("only who drafts may confirm, and only what they saw", async () => {
  const { desk, author, at } = await givenWarned();
  const other = confirmImport(acting(desk.approver, NOON), { ...at, locale: "zh-CN" });
  await expect(other).rejects.toMatchObject({ code: "not_allowed" });
  const stale = confirmImport(author, { ...at, revision: at.revision - 1, locale: "zh-CN" });
  await expect(stale).rejects.toMatchObject({ code: "conflict" });
});

test("typing keeps what was confirmed, and asks anew for what it adds alone", async () => {
  const { author, read, at } = await givenWarned();
  await confirmImport(author, { ...at, locale: "zh-CN" });
  const { version } = await read();
  const typed = (body: string, revision: number) =>
    editVersion(author, {
      ...completeDraft(version),
      ...{ versionId: version.id, revision, texts: { "zh-CN": body } },
    });
  const { revision } = await typed(`${TEXT}\n\n另有一段。`, at.revision);
  expect((await read()).warned[0]?.confirmedAt).not.toBeNull();

  await typed(`${TEXT}\n\n另有一段。<!-- 再确认 -->\n\n又一段。`, revision);
  const { warned, texts } = await read();
  expect(texts["zh-CN"]).not.toContain("再确认");
  expect(warned[0]?.warnings.map(({ words }) => words)).toEqual(["法务待确认", "再确认"]);
  expect(warned[0]?.confirmedAt).toBeNull();
});

test("a file without anything to look at clears the warnings", async () => {
  const { author, read, at } = await givenWarned();
  const bytes = new TextEncoder().encode(`${TEXT}\n\n干净的一段。`);
  await replaceText(author, { ...at, locale: "zh-CN", fileName: "新.md", bytes });
  const { warned, missing } = await read();
  expect([warned, missing]).toEqual([[], {}]);
});

test("the database keeps nothing confirmed that was not warned of", async () => {
  const { at } = await givenWarned(TEXT);
  const forced = db
    .update(policyTexts)
    .set({ confirmedAt: new Date() })
    .where(eq(policyTexts.versionId, at.versionId));
  await expect(forced).rejects.toMatchObject({
    cause: { constraint: "what_is_confirmed_was_warned_of" },
  });
});
