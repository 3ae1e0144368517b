import { expect, test } from "vitest";

import { ANONYMOUS } from "@/domain/context";
import { givenApproved, givenDesk, givenDraft, withdraw } from "@/tests/support/policies";

import { searchPolicies } from "./search-policies";

const reader = { actor: ANONYMOUS, now: new Date("2026-03-02T02:00:00Z") };
const look = (q: string, locale: "zh-CN" | "en" = "zh-CN") => searchPolicies(reader, { q, locale });
const textOf = (word: string) =>
  `# 一、引言\n\n本指引说明。\n\n# 二、期限\n\n1. 聊天图片保存7天。\n2. **${word}**100%会在到期后删除。\n`;

test("P02, P44: words of any clause are found in every published version, with the way to the clause", async () => {
  const desk = await givenDesk();
  await givenApproved(desk, { text: textOf("甲乙丙标识") });
  await givenApproved(desk, {
    label: "2.0",
    effectiveDate: "2026-04-01",
    text: textOf("甲乙丙标识"),
  });
  const { rows } = await look("乙丙标");
  expect(rows.map(({ label }) => label)).toEqual(["2.0", "1.0"]);
  expect(rows[0]).toMatchObject({
    slug: desk.slug,
    count: 1,
    clauses: [{ anchor: "sec-2-0-2", section: "二、期限", before: "甲", match: "乙丙标" }],
  });
});

test("a draft and what is no text are never found; letters of patterns are letters", async () => {
  const desk = await givenDesk();
  await givenDraft(desk, { text: textOf("藏起来的词") });
  expect((await look("藏起来的词")).rows).toEqual([]);
  await givenApproved(await givenDesk(), { text: textOf("百分号甲") });
  expect((await look("百分号甲%")).rows).toEqual([]);
  expect((await look("百分号甲100%")).rows).toMatchObject([{ count: 1 }]);
  for (const nothing of ["", " ", "甲", "%", "\u0000"])
    expect((await look(nothing)).rows).toEqual([]);
});

test("in the wanted language, and in the binding one where there is no translation; whatever the case", async () => {
  const desk = await givenDesk();
  const english = "# 1. Periods\n\nPictures are kept Quixotically.\n";
  await givenApproved(desk, { text: textOf("堂吉诃德"), english });
  expect((await look("quixoTICALLY", "en")).rows).toMatchObject([
    { locale: "en", clauses: [{ match: "Quixotically" }] },
  ]);
  expect((await look("堂吉诃德", "en")).rows).toEqual([]);
  await givenApproved(await givenDesk(), { text: textOf("桑丘潘沙") });
  expect((await look("桑丘潘沙", "en")).rows).toMatchObject([{ locale: "zh-CN" }]);
});

test("P44: a withdrawn version is found as what it is", async () => {
  const desk = await givenDesk();
  await givenApproved(desk, {});
  const next = await givenApproved(desk, {
    ...{ label: "2.0", effectiveDate: "2026-04-01", text: textOf("撤回过的词") },
    at: "2026-03-02 10:00",
  });
  await withdraw(desk, next);
  expect((await look("撤回过的词")).rows).toMatchObject([{ status: "withdrawn" }]);
});
