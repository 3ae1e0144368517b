import { readFileSync } from "node:fs";
import JSZip from "jszip";
import { describe, expect, test } from "vitest";

import { LOCALES } from "@/db/vocabulary/languages";
import { translator } from "@/messages/translator";
import { effort } from "@/tests/support/effort";
import { Invalid } from "@/domain/errors";

import { comparePolicies } from "./diff";
import { type TextSource, importText } from "./import-text";
import { parsePolicyText } from "./parse-text";
import type { PolicyBlock } from "./blocks";
import { excessOf } from "./limits";

const many = (count: number, text: string, between = "\n") => Array(count).fill(text).join(between);
const markdown = (text: string): TextSource => ({ pasted: text, as: "markdown" });

async function docx(body: string): Promise<TextSource> {
  const zip = new JSZip();
  const main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  zip.file(
    "word/document.xml",
    `<w:document xmlns:w="${main}"><w:body>${body}</w:body></w:document>`,
  );
  return { fileName: "a.docx", bytes: await zip.generateAsync({ type: "uint8array" }) };
}

async function refusalOf(source: TextSource): Promise<Invalid> {
  const refusal = await importText(source).catch((error: unknown) => error);
  if (refusal instanceof Invalid) return refusal;
  throw new Error("it was accepted");
}

const wideHead = `|${"a|".repeat(5_000)}\n|${"-|".repeat(5_000)}`;
const HOSTILE: [string, number, string][] = [
  ["headings", 20_000, many(20_000, "## h")],
  ["headings", 10_000, many(10_000, "h\n--", "\n\n")],
  ["links", 30_003, `${many(30_000, "[a]")}\n\n[a]: https://a.example [b](c)`],
  ["links", 10_000, many(10, "https://a.b ".repeat(1_000))],
  ["rows", 20_001, `|a|b|\n|-|-|\n${many(20_000, "|x|y|")}`],
  ["cells", 2_512_510, `${wideHead}\n${many(500, "|x|")}\n|${"x|".repeat(5_005)}`],
  ["quotes", 8_000, many(8_000, "> x", "\n\n")],
  ["lines", 30_000, many(30_000, "- x")],
  ["marks", 40_000, many(200, "**x** ".repeat(100))],
  ["openMarks", 201, "a *b ".repeat(600)],
  ["columns", 50, `|${"a|".repeat(50)}\n|${"-|".repeat(50)}`],
  ["runLength", 12_500, `${"*".repeat(12_500)}甲`],
];

describe("a text that would hold the server up is refused before it is parsed", () => {
  test.each(HOSTILE)("%s (%i)", async (what, count, text) => {
    let refusal: Invalid | undefined;
    const took = await effort(async () => (refusal = await refusalOf(markdown(text))));
    expect(took).toBeLessThan(1_000);
    expect(refusal?.messageKey).toBe(`policies.errors.import.tooMany.${what}`);
    expect(refusal?.values.count).toBe(count);
  });

  test("the sentence gives the number found and the limit, in the reader's language", async () => {
    const { messageKey, values } = await refusalOf(markdown(many(20_000, "## h")));
    const key = messageKey.slice("policies.".length) as "errors.import.tooMany.headings";
    const [zh, en] = LOCALES.map((locale) => translator(locale, "policies")(key, values));
    expect(zh).toContain("20,000 个标题，最多可以有 400 个");
    expect(en).toContain("20,000 headings; 400 are allowed");
  });

  test.each(["a.md", "a.txt"])("as the file %s too", async (fileName) => {
    const bytes = new TextEncoder().encode(many(20_000, "1. x"));
    expect(await refusalOf({ fileName, bytes })).toMatchObject({
      messageKey: "policies.errors.import.tooMany.lines",
    });
  });

  const paragraph = "<w:p><w:r><w:t>x</w:t></w:r></w:p>";
  const cell = `<w:tc>${paragraph}</w:tc>`;
  const spanned = `<w:tc><w:tcPr><w:gridSpan w:val="63"/></w:tcPr>${paragraph}</w:tc>`;
  test.each([
    ["elements", many(40_000, paragraph, "")],
    ["rows", `<w:tbl>${many(2_001, `<w:tr>${cell}</w:tr>`, "")}</w:tbl>`],
    ["cells", `<w:tbl>${many(20, `<w:tr>${spanned.repeat(20)}</w:tr>`, "")}</w:tbl>`],
    ["links", many(3_001, "<w:p><w:hyperlink><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>", "")],
  ])("Word documents too: %s", async (what, body) => {
    const source = await docx(body);
    let refusal: Invalid | undefined;
    const took = await effort(async () => (refusal = await refusalOf(source)));
    expect(took).toBeLessThan(1_000);
    expect(refusal?.messageKey).toBe(`policies.errors.import.tooMany.${what}`);
  });
});

/** Just within the limits. */
const LARGEST: [string, string][] = [
  ["headings", many(400, "## h")],
  ["quotes", many(300, "> x", "\n\n")],
  ["links", `${many(990, "[a]")}\n\n[a]: https://a.example`],
  ["addresses in a row", many(900, "a@b.cn", " ")],
  ["rows", `|a|b|\n|-|-|\n${many(990, `|${"字，和".repeat(30)}|${"字，和".repeat(30)}|`)}`],
  ["cells", `|${"a|".repeat(40)}\n|${"-|".repeat(40)}\n${many(70, `|${"a|".repeat(40)}`)}`],
  ["items", many(3_000, "- x")],
  ["marks", many(2_500, "**x**", " ")],
  ["long clauses", many(500, "字，和".repeat(300), "\n\n")],
];

test.each(LARGEST)(
  "the largest text in %s is read and compared in bounded time",
  async (_, text) => {
    expect(excessOf(text)).toBeNull();
    const blocks: PolicyBlock[] = [];
    expect(await effort(() => blocks.push(...parsePolicyText(text)))).toBeLessThan(6_000);
    const other = parsePolicyText(text.replace(/[xah字]/g, "z"));
    expect(await effort(() => comparePolicies(blocks, other))).toBeLessThan(8_000);
  },
);

test("a text beyond the limits that is stored already is shown line by line, at once", async () => {
  const text = many(60_000, "## h");
  expect(await effort(() => expect(parsePolicyText(text)).toHaveLength(60_000))).toBeLessThan(
    3_000,
  );
});

const DEMO = "scripts/demo-texts/im-privacy-guide-3.2.zh-CN.md";

test("a guide of real size could be ten times as long", async () => {
  const guide = readFileSync(DEMO, "utf8");
  const { markdown: text } = await importText({ fileName: "guide.md", bytes: Buffer.from(guide) });
  expect(excessOf(many(10, text, "\n\n"))).toBeNull();
});
