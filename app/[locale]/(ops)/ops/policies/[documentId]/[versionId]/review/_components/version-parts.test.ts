import { expect, test } from "vitest";

import { changedParts } from "@/app/[locale]/(ops)/ops/_reviews/parts";
import { LOCALES } from "@/db/vocabulary/languages";

import { changedTexts, type JudgedVersion, partsOf } from "./version-parts";

const TEXT = "# 一、保存期限\n\n聊天图片保存 30 天。\n\n# 二、联系\n\n写信给我们。\n";
const JUDGED: JudgedVersion = {
  documentId: "d",
  label: "1.1",
  changes: [{ text: { "zh-CN": "缩短保存期。" }, anchor: null }],
  majorAnswers: { rights: true },
  affectsEndUsers: false,
  effectiveDate: "2026-12-01",
  texts: { "zh-CN": TEXT },
};
const since = async (now: Partial<JudgedVersion>) =>
  changedParts(await partsOf(JUDGED, "zh-CN"), await partsOf({ ...JUDGED, ...now }, "zh-CN"));

test.each(LOCALES)("every part of a version has a name of its own, in %s", async (locale) => {
  const names = (await partsOf(JUDGED, locale)).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test("date, label, end users, answers and change list of a version are compared", async () => {
  expect(await since({ effectiveDate: "2026-12-15" })).toEqual([
    {
      name: "生效时间",
      before: "自2026年12月1日 00:00（北京时间）起",
      after: "自2026年12月15日 00:00（北京时间）起",
    },
  ]);
  expect(await since({ label: "1.2", affectsEndUsers: true })).toHaveLength(2);
  expect(await since({ majorAnswers: { rights: false } })).toMatchObject([
    { before: "是", after: "否" },
  ]);
  const changes = [...JUDGED.changes, { text: { "zh-CN": "加了联系方式。" }, anchor: "二" }];
  expect(await since({ changes })).toMatchObject([
    { name: "变更说明（中文）", before: "1. 缩短保存期。" },
    { name: "变更说明（英文）" },
  ]);
  expect(await since({})).toEqual([]);
});

test("texts are compared clause by clause, a language that came or went is named", async () => {
  const now = { "zh-CN": TEXT.replace("30", "7") };
  expect(await changedTexts(JUDGED.texts, now)).toMatchObject([
    { lang: "zh-CN", is: "changed", counts: { changed: 1, added: 0, removed: 0 } },
  ]);
  expect(await changedTexts(JUDGED.texts, { ...JUDGED.texts, en: "# 1" })).toEqual([
    { lang: "en", is: "added" },
  ]);
  expect(await changedTexts(JUDGED.texts, {})).toEqual([{ lang: "zh-CN", is: "removed" }]);
  expect(await changedTexts(JUDGED.texts, JUDGED.texts)).toEqual([]);
});
