import { expect, test } from "vitest";

import type { JudgedNotice } from "@/db/schema";
import { LOCALES } from "@/db/vocabulary/languages";

import { changedParts } from "../_reviews/parts";
import { partsOf } from "./judged-parts";

const LIST = { count: 2, hash: "a" };
const JUDGED: JudgedNotice = {
  type: "initial",
  parts: {
    title: { "zh-CN": "录制缓存" },
    situation: { "zh-CN": "缓存文件的权限过宽。" },
    measures: [],
    adviceDevelopers: [{ "zh-CN": "升级到 8.1.0。" }],
    adviceEndUsers: {},
    actionability: "required",
  },
  notifies: true,
  silentReason: null,
  audience: {
    productId: "p",
    platforms: [],
    versionRange: "",
    regions: [],
    apiOnly: false,
    named: LIST,
    excluded: { count: 0, hash: "b" },
  },
  visibility: "affected",
  incident: { dataKinds: {}, cause: { "zh-CN": "正在调查。" }, contact: "c", severity: "general" },
};
const since = (now: Partial<JudgedNotice>) =>
  changedParts(partsOf(JUDGED, "zh-CN"), partsOf({ ...JUDGED, ...now }, "zh-CN"));

test.each(LOCALES)("every part of a notice has a name of its own, in %s", (locale) => {
  const names = partsOf(JUDGED, locale).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test("what changed of a notice is named with its words before and after", () => {
  const situation = { "zh-CN": "影响 7.9 至 8.0。" };
  expect(since({ parts: { ...JUDGED.parts, situation } })).toEqual([
    {
      name: "基本情况（中文）",
      lang: "zh-CN",
      before: "缓存文件的权限过宽。",
      after: "影响 7.9 至 8.0。",
    },
  ]);
  const [changed] = changedParts(
    partsOf({ ...JUDGED, type: "announcement" }, "zh-CN"),
    partsOf({ ...JUDGED, type: "announcement", parts: { ...JUDGED.parts, situation } }, "zh-CN"),
  );
  expect(changed?.name).toBe("正文（中文）");
  expect(since({ notifies: false, silentReason: "只改错字。" })).toMatchObject([
    { before: "发送邮件和站内信", after: "只更新页面，不发送\n只改错字。" },
  ]);
  expect(since({})).toEqual([]);
});

test("an audience of other apps is another audience, be their number the same", () => {
  const { excluded, named, ...rule } = JUDGED.audience;
  // The database keeps the fields of an object in an order of its own.
  expect(since({ audience: { named: { hash: "a", count: 2 }, excluded, ...rule } })).toEqual([]);
  expect(since({ audience: { ...rule, excluded, named: { ...named, hash: "c" } } })).toMatchObject([
    { name: "对象", before: "名单中的 2 个 SDKAppID", after: "名单中的 2 个 SDKAppID" },
  ]);
});

test("what an incident says of itself is compared too, where it was kept", () => {
  const incident = JUDGED.incident && { ...JUDGED.incident, severity: "major" as const };
  expect(since({ incident, visibility: "public" })).toMatchObject([
    { name: "可见范围" },
    { name: "等级", before: "一般", after: "重大" },
  ]);
  expect(since({ incident: JUDGED.incident && { ...JUDGED.incident, kind: "leak" } })).toEqual([]);
});
