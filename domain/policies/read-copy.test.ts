import { beforeAll, expect, test } from "vitest";

import { ANONYMOUS } from "@/domain/context";
import { hashOf } from "@/lib/hash";
import { acting, beijing } from "@/tests/support/context";
import { type Desk, givenDesk, givenApproved } from "@/tests/support/policies";
import { importText } from "@/text/import-text";

import { jsonCopy, markdownCopy } from "./copy-formats";
import { createDocument } from "./create-document";
import { readCopy } from "./read-copy";

const TEXT = "## 一、范围\n\n本指引适用于**所有**产品。\n";
const stranger = { actor: ANONYMOUS, now: beijing("2026-02-01 09:00") };
const addresses = { page: "https://x.example/p", markdown: "m", json: "j" };

let desk: Desk;
beforeAll(async () => {
  desk = await givenDesk();
  await givenApproved(desk, { text: TEXT });
});

test("P03: anybody can hash the content of the JSON copy and gets the fingerprint that was approved", async () => {
  const copy = await readCopy(stranger, { slug: desk.slug, locale: "zh-CN" });
  const { content, fingerprint } = JSON.parse(jsonCopy(copy, addresses));

  expect(fingerprint.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(hashOf(content)).toBe(fingerprint.sha256);
});

test("P03: the Markdown copy ends with the text, to the character, and names version and address", async () => {
  const copy = await readCopy(stranger, { slug: desk.slug, label: "1.0", locale: "zh-CN" });
  const file = markdownCopy(copy, addresses);

  expect(file.endsWith(`---\n\n${TEXT}`)).toBe(true);
  expect(file).toContain('version: "1.0"');
  expect(file).toContain('url: "https://x.example/p"');
  expect(file).toContain('announced: "2026-01-05T10:00:00+08:00"');
  expect(file).toContain('effective: "2026-01-05T10:00:00+08:00"');
});

test("P01: the Markdown copy opens with the numbered list of what the version changed, in the language of the text", async () => {
  const copy = await readCopy(stranger, { slug: desk.slug, label: "1.0", locale: "zh-CN" });
  expect(markdownCopy(copy, addresses)).toContain('changes: ["新增设备信息的用途说明。"]');
});

test("P43: both copies name the version of the agreement that the guide belongs to", async () => {
  const agreement = await createDocument(acting(desk.author, "2026-01-05 09:00"), {
    ...{ productId: desk.productId, slug: `${desk.slug}-terms`, kind: "agreement" as const },
    ...{ titleZh: "服务协议", titleEn: "Service agreement", bindingLocale: "zh-CN" as const },
  });
  await givenApproved({ ...desk, documentId: agreement.id });
  const copy = await readCopy(stranger, { slug: desk.slug, label: "1.0", locale: "zh-CN" });
  expect(markdownCopy(copy, addresses)).toContain(`belongs_with: ["${agreement.slug} 1.0"]`);
  expect(JSON.parse(jsonCopy(copy, addresses)).related).toEqual([
    { slug: agreement.slug, kind: "agreement", label: "1.0" },
  ]);
});

test("a copy in a language without a translation holds the binding text and says so", async () => {
  const copy = await readCopy(stranger, { slug: desk.slug, locale: "en" });
  expect(copy.text).toEqual({ locale: "zh-CN", isBinding: true, body: TEXT });
});

test("there is no copy of a version that was never published", async () => {
  const missing = readCopy(stranger, { slug: desk.slug, label: "9.9", locale: "zh-CN" });
  await expect(missing).rejects.toMatchObject({ code: "not_found" });
});

test("the Markdown copy is read back as the text it holds, and the report says what was left out", async () => {
  const copy = await readCopy(stranger, { slug: desk.slug, label: "1.0", locale: "zh-CN" });
  const bytes = new TextEncoder().encode(markdownCopy(copy, addresses));

  expect(await importText({ fileName: "guide.md", bytes })).toEqual({
    markdown: TEXT,
    format: "markdown",
    warnings: [expect.objectContaining({ kind: "frontMatter" })],
  });
});

test("a rule at the beginning of a text is text", async () => {
  const pasted = "---\n\n第一条 本协议：甲方与乙方。\n\n---\n\n正文\n";
  expect(await importText({ pasted, as: "markdown" })).toMatchObject({
    markdown: pasted,
    warnings: [],
  });
});
