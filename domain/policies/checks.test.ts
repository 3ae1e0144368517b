import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts } from "@/db/schema";
import { acting } from "@/tests/support/context";
import {
  answers,
  completeDraft,
  type Desk,
  explainFindings,
  givenApproved,
  givenDesk,
  givenDraft,
  givenInForce,
  versionNow,
  type Wish,
} from "@/tests/support/policies";
import { recordOf } from "@/tests/support/record";
import { policyWords } from "@/wording/policy-change";

import { readFacts } from "../broadcasts/facts";
import { createDocument } from "./create-document";
import { editVersion } from "./edit";
import { explainChecks } from "./explain-checks";
import { findVersion } from "./find-version";
import { readVersion } from "./read";
import { approveVersion } from "./review";
import { submitVersion } from "./submit";

const NOW = "2026-03-02 10:00";
const table = (...rows: string[]) => ["| 信息 | 目的 |", "|---|---|", ...rows, ""].join("\n");
const chapter = (text: string) =>
  `# 一、引言\n\n${text}\n\n# 二、联系我们\n\n信箱 a@vendor.example。\n`;

/** The next version of a document whose first one says `before`, and what the checks find in it. */
async function nextOf(
  before: string,
  wish: Wish,
  edit: Partial<Parameters<typeof editVersion>[1]> = {},
) {
  const desk = await givenDesk();
  await givenApproved(desk, { text: before });
  const wanted = { label: "2.0", effectiveDate: "2026-04-20", at: NOW, ...wish };
  const draft = await givenDraft(desk, wanted);
  const author = acting(desk.author, NOW);
  if (Object.keys(edit).length > 0)
    await editVersion(author, { ...completeDraft(draft, wanted), ...edit });
  return { desk, author, id: draft.id, found: await foundIn(desk, draft.id) };
}

async function foundIn(desk: Desk, versionId: string) {
  const { checks } = await findVersion(acting(desk.author, NOW), { versionId });
  return Object.fromEntries(checks.map(({ check, findings }) => [check, findings]));
}

const whole = [{ text: { "zh-CN": "改动。" }, anchor: "sec-1" }];

describe("what the checks before review find", () => {
  test("P05: sensitive information that is not in bold, with place and words; in bold everywhere it finds none", async () => {
    const text = `# 一、信息\n\n${table("| **精确位置** | 发送位置 |")}\n我们在您同意后收集精确位置。\n`;
    const desk = await givenDesk();
    const { id } = await givenDraft(desk, { text });
    expect((await foundIn(desk, id)).sensitive_not_bold).toEqual([
      { place: "一、信息", words: "精确位置" },
    ]);
    const bold = text.replace("收集精确位置", "收集**精确位置**");
    const { id: other } = await givenDraft(await givenDesk(), { text: bold });
    expect((await foundIn(desk, other)).sensitive_not_bold).toBeUndefined();
  });

  test("P05: a line of the change list that names it without bold is found by its number", async () => {
    const desk = await givenDesk();
    const wish = { text: `# 一、信息\n\n${table("| **精确位置** | 发送位置 |")}` };
    const draft = await givenDraft(desk, wish);
    const naming = (words: string) => [{ text: { "zh-CN": words }, anchor: null }];
    const save = async (words: string) => {
      const { revision } = await versionNow(draft.id);
      const own = { ...completeDraft({ id: draft.id, revision }, wish), changes: naming(words) };
      await editVersion(acting(desk.author, "2026-01-05 11:00"), own);
      return (await foundIn(desk, draft.id)).sensitive_not_bold;
    };
    expect(await save("新增收集精确位置。")).toEqual([{ place: "1.", words: "精确位置" }]);
    expect(await save("新增收集**精确位置**。")).toBeUndefined();
  });

  test("what the law calls sensitive and the list does not", async () => {
    const desk = await givenDesk();
    const { id } = await givenDraft(desk, { text: table("| 人脸特征、设备型号 | 核验 |") });
    expect((await foundIn(desk, id)).sensitive_unmarked).toEqual([
      { place: null, words: "人脸特征" },
    ]);
  });

  test("dead links: to a place that the text has not, and to a document that is not published", async () => {
    const { first, slug } = await givenInForce();
    const desk = await givenDesk();
    const text = `# 一、引言\n\n见[二](#sec-9)、[甲](#sec-1)、[乙](/zh-CN/policies/${slug}/${first.label})、[丙](/zh-CN/policies/${slug}/9.9)。\n`;
    const { id } = await givenDraft(desk, { text });
    expect((await foundIn(desk, id)).links?.map(({ words }) => words)).toEqual([
      "#sec-9",
      `/zh-CN/policies/${slug}/9.9`,
    ]);
  });

  test("P01, P41: a changed clause that no line points to; a line at its section explains it", async () => {
    const text = chapter("保存 7 天。");
    const { found } = await nextOf(chapter("保存 30 天。"), { text });
    expect(found.changes_unexplained).toEqual([{ place: "一、引言", words: "保存 7 天。" }]);
    const explained = await nextOf(chapter("保存 30 天。"), { text }, { changes: whole });
    expect(explained.found.changes_unexplained).toBeUndefined();
  });

  test("P45: another way to reach the vendor, unless question 5 is answered with yes", async () => {
    const text = chapter("保存 30 天。").replace("a@", "b@");
    const { found } = await nextOf(chapter("保存 30 天。"), { text });
    expect(found.contacts_changed).toEqual([
      { place: "二、联系我们", words: "信箱 b@vendor.example。" },
      { place: "二、联系我们", words: "信箱 a@vendor.example。" },
    ]);
    const said = await nextOf(chapter("保存 30 天。"), { text, major: ["contacts"] });
    expect(said.found.contacts_changed).toBeUndefined();
  });

  test("P07, P42: collected anew without question 1 and without fresh consent", async () => {
    const before = table("| 设备型号 | 适配 |");
    const text = table("| 设备型号 | 适配 |", "| 通讯录 | 找朋友 |");
    const { found } = await nextOf(before, { text });
    const anew = [{ place: null, words: "通讯录" }];
    expect(found).toMatchObject({ collection_changed: anew, consent_needed: anew });
    const asked = await nextOf(
      before,
      { text, major: ["service_model"] },
      { needsConsent: true, majorAnswers: answers("service_model") },
    );
    expect(asked.found.collection_changed).toBeUndefined();
    expect(asked.found.consent_needed).toBeUndefined();
  });

  test("P51: another recipient without question 3", async () => {
    const register = (...names: string[]) =>
      [
        "| 接收方 | 共享的信息 |",
        "|---|---|",
        ...names.map((name) => `| ${name} | 标识 |`),
        "",
      ].join("\n");
    const { found } = await nextOf(register("甲"), { text: register("甲", "乙") });
    expect(found.recipients_changed).toEqual([{ place: null, words: "乙" }]);
  });

  test("a translation that stayed behind, and one whose list has other rows", async () => {
    const english = "# 1. Data\n\n| Information | Purpose |\n|---|---|\n| Model | Fit |\n";
    const { found } = await nextOf(table("| 型号 | 适配 |"), {
      text: `# 一、信息\n\n${table("| 型号 | 适配 |", "| 标识 | 登录 |")}`,
      english,
    });
    expect(found.translation_behind).toContainEqual({ place: "en", words: "rows" });
  });

  test("P11: documents of one product that say otherwise of the same information", async () => {
    const desk = await givenDesk();
    await givenApproved(desk, { text: table("| **位置** | 发送 |", "| 型号 | 适配 |") });
    const other = await createDocument(acting(desk.author, NOW), {
      productId: desk.productId,
      slug: `${desk.slug}-b`,
      kind: "compliance_guide",
      titleZh: "合规指南",
      titleEn: "Compliance guide",
      bindingLocale: "zh-CN",
    });
    const second = { ...desk, documentId: other.id };
    const { id } = await givenDraft(second, { text: table("| 位置 | 发送 |", "| 标识 | 登录 |") });
    expect((await foundIn(desk, id)).documents_differ).toEqual(
      ["位置", "型号", "标识"].map((words) => ({ place: "隐私保护指引", words })),
    );
  });

  test("P11: a permission or a third party that one document lists and another does not, and another permission", async () => {
    const desk = await givenDesk();
    const lists = (permission: string, ...rows: [string, string]) =>
      [
        `| 个人信息 | 目的 | 权限 |\n| - | - | - |\n| 位置 | 发送 | ${permission} |`,
        `| 权限名称 | 目的 | 关闭后 |\n| - | - | - |\n| ${rows[0]} | 发送 | 不能发送 |`,
        `| 受托方 | 处理的信息 | 目的 |\n| - | - | - |\n| ${rows[1]} | 位置 | 解析 |`,
      ].join("\n\n");
    await givenApproved(desk, { text: lists("定位、网络", "定位", "云图科技") });
    const other = await createDocument(acting(desk.author, NOW), {
      productId: desk.productId,
      slug: `${desk.slug}-c`,
      kind: "compliance_guide",
      titleZh: "合规指南",
      titleEn: "Compliance guide",
      bindingLocale: "zh-CN",
    });
    const said = async (text: string) => {
      const { id } = await givenDraft({ ...desk, documentId: other.id }, { text });
      return (await foundIn(desk, id)).documents_differ?.map(({ words }) => words);
    };
    expect(await said(lists("精确定位", "麦克风", "另一家科技"))).toEqual([
      ...["位置", "定位", "麦克风", "云图科技", "另一家科技"],
    ]);
  });

  test("P39: less notice than the rule; 30 days for a major change, 7 for an ordinary one", async () => {
    const short = async (wish: Wish) =>
      (await nextOf(chapter("一。"), { text: chapter("二。"), ...wish })).found.short_notice;
    expect(await short({ effectiveDate: "2026-03-08" })).toEqual([
      { place: "7", words: "2026-03-08" },
    ]);
    expect(await short({ effectiveDate: "2026-03-09" })).toBeUndefined();
    expect(await short({ effectiveDate: "2026-03-31", major: ["rights"] })).toHaveLength(1);
    expect(await short({ effectiveDate: "2026-04-01", major: ["rights"] })).toBeUndefined();
  });

  test("P42: none of the six asks for a reason, a first version for none", async () => {
    expect(
      (await nextOf(chapter("一。"), { text: chapter("二。") })).found.none_of_six,
    ).toHaveLength(1);
    const first = await givenDesk();
    const { id } = await givenDraft(first, { text: chapter("一。") });
    expect(await foundIn(first, id)).toEqual({});
  });
});

describe("saying why it may stay", () => {
  const given = () => nextOf(chapter("一。"), { text: chapter("二。") }, { changes: whole });

  test("P42: nothing goes to review before each finding is mended or explained; the reviewer reads who said what", async () => {
    const { author, desk, id } = await given();
    const { version, checks } = await findVersion(author, { versionId: id });
    const at = { versionId: id, revision: version.revision };
    await expect(submitVersion(author, at)).rejects.toMatchObject({
      fields: { "explanations.none_of_six": ["policies.errors.missing.explanation"] },
    });
    const [none] = checks;
    await explainChecks(author, {
      ...at,
      explanations: { none_of_six: { digest: none?.digest ?? "", reason: "只改措辞。" } },
    });
    expect((await recordOf(id)).at(-1)).toBe("version.checks_explained");
    await submitVersion(author, at);
    const read = await findVersion(acting(desk.approver, NOW), { versionId: id });
    expect(read.checks).toMatchObject([
      { check: "none_of_six", explanation: { reason: "只改措辞。", by: desk.author.id } },
    ]);
    await expect(explainChecks(author, { ...at, explanations: {} })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("a word counts for what was found then: another finding asks anew", async () => {
    const { author, id } = await nextOf(chapter("一。"), { text: chapter("二。") });
    await explainFindings(author, id);
    const draft = await versionNow(id);
    await editVersion(
      author,
      completeDraft(draft, { label: "2.0", effectiveDate: "2026-04-20", text: chapter("三。") }),
    );
    const { checks } = await findVersion(author, { versionId: id });
    expect(checks.find(({ check }) => check === "changes_unexplained")?.explanation).toBeNull();
    expect(checks.find(({ check }) => check === "none_of_six")?.explanation).not.toBeNull();
    const stale = { changes_unexplained: { digest: "0".repeat(64), reason: "旧的。" } };
    await expect(
      explainChecks(author, {
        ...{ versionId: id, revision: (await versionNow(id)).revision, explanations: stale },
      }),
    ).rejects.toMatchObject({ messageKey: "policies.errors.foundOtherwise" });
  });

  test("dead links are mended, not explained; only authors explain", async () => {
    const desk = await givenDesk();
    const draft = await givenDraft(desk, { text: "# 一、引言\n\n[甲](#sec-9)\n" });
    const { checks } = await findVersion(acting(desk.author, NOW), { versionId: draft.id });
    const explanations = { links: { digest: checks[0]?.digest ?? "", reason: "留着。" } };
    const wanted = { versionId: draft.id, revision: draft.revision, explanations };
    await expect(explainChecks(acting(desk.author, NOW), wanted)).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(explainChecks(acting(desk.approver, NOW), wanted)).rejects.toMatchObject({
      code: "not_allowed",
    });
  });

  test("P07: a version may ask for fresh consent: it is told, shown, and covered by what is approved", async () => {
    const { author, desk, id } = await nextOf(
      chapter("一。"),
      { text: chapter("二。"), major: ["rights"] },
      { needsConsent: true, changes: whole, majorAnswers: answers("rights") },
    );
    await explainFindings(author, id);
    const { revision } = await versionNow(id);
    const { contentHash } = await submitVersion(author, { versionId: id, revision });
    await approveVersion(acting(desk.approver, NOW), { versionId: id, contentHash });
    const { version } = await readVersion(author, {
      ...{ slug: desk.slug, label: "2.0", locale: "zh-CN" as const },
    });
    expect(version.needsConsent).toBe(true);
    const [broadcast] = await db.select().from(broadcasts).where(eq(broadcasts.subjectId, id));
    const told = readFacts("policy_change", broadcast?.facts);
    if (told.kind !== "policy_change") throw new Error("another kind of notice");
    expect(policyWords(told, "zh-CN").steps.map(({ who }) => who)).toContain("重新取得同意");
  });
});
