import { describe, expect, test } from "vitest";

import { docx, type Docx, numbered, p, run, style } from "@/tests/support/docx";

import { comparePolicies, COUNTED } from "./diff";
import { importText } from "./import-text";
import { parsePolicyText } from "./parse-text";
import { visibleText } from "./visible-text";

/** Ten further inputs of each kind: what a reader of the file sees is there, or named. */

type Outcome = { lines: string[]; warnings: string[] };

async function read(fileName: string, bytes: Uint8Array): Promise<Outcome> {
  const { markdown, warnings } = await importText({ fileName, bytes });
  return {
    lines: visibleText(parsePolicyText(markdown)).split("\n"),
    warnings: warnings.map(({ kind, words }) => (words === null ? kind : `${kind}: ${words}`)),
  };
}
const typed = (fileName: string, content: string) =>
  read(fileName, new TextEncoder().encode(content));

const level = (...[at, format, shown, rest = ""]: [number, string, string, string?]) =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${rest}<w:lvlText w:val="${shown}"/></w:lvl>`;
const list = (...levels: string[]) =>
  `<w:abstractNum w:abstractNumId="7">${levels.join("")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>`;
const mark = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
const code = (words: string) => `<w:r><w:instrText>${words}</w:instrText></w:r>`;
const raised = (words: string, how = "superscript") => run(words, `<w:vertAlign w:val="${how}"/>`);
const HIDDEN_MARK =
  '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/></w:rPr>';

type Case<Input> = [what: string, input: Input, lines: string[], warnings?: string[]];

const WORD: Case<string | Docx>[] = [
  ["raised digits", p(`${run("10")}${raised("6")}${run("平方米")}`), ["10⁶平方米"]],
  ["lowered digits", p(`${run("CO")}${raised("2", "subscript")}`), ["CO₂"]],
  ["raised letters", p(`${run("第1")}${raised("st")}`), ["第1st"]],
  ["capitals by their look", p(run("gdpr", "<w:caps/>")), ["GDPR"]],
  [
    "capitals by a style, taken back by the run",
    {
      styles: style("c", "大写", "<w:rPr><w:caps/></w:rPr>"),
      body: p(`${run("eu ")}${run("app", '<w:caps w:val="0"/>')}`, '<w:pStyle w:val="c"/>'),
    },
    ["EU app"],
  ],
  [
    "a field within the code of another",
    p(
      `${mark("begin")}${code("IF ")}${mark("begin")}${code("MERGEFIELD x")}${mark("separate")}${run("内层")}${mark("end")}${code(" = 1")}${mark("separate")}${run("外层结果")}${mark("end")}${run("。")}`,
    ),
    ["外层结果。"],
  ],
  ["a field that never ends", p(`${mark("begin")}${code("DATE")}${run("仍然可见")}`), ["仍然可见"]],
  [
    "a numbered paragraph that is hidden as a whole takes no number",
    {
      numbering: list(level(0, "decimal", "%1.")),
      body: numbered("甲", 0) + p(run("藏", "<w:vanish/>"), HIDDEN_MARK) + numbered("乙", 0),
    },
    ["1. 甲", "2. 乙"],
    ["hidden: 藏"],
  ],
  [
    "a list that starts anew at five, and the one it left",
    {
      numbering: `${list(level(0, "decimal", "%1."))}<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>`,
      body: numbered("甲", 0) + numbered("丙", 0, 2) + numbered("丁", 0, 2),
    },
    ["1. 甲", "5. 丙", "6. 丁"],
  ],
  [
    "levels in Roman letters that are counted in digits below",
    {
      numbering: list(
        level(0, "upperRoman", "Article %1"),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
      ),
      body: numbered("甲", 0) + numbered("乙", 1) + numbered("丙", 1),
    },
    ["Article I 甲", "1.1 乙", "1.2 丙"],
  ],
];

/** ECMA-376, 17.18.59: what is written in words or in letters of other scripts. */
const NUMBERS: [format: string, first: string, twentyFirst: string][] = [
  ["hindiVowels", "अ", "ओओ"],
  ["hindiConsonants", "क", "प"],
  ["hindiCounting", "एक", "इक्कीस"],
  ["thaiCounting", "หนึ่ง", "ยี่สิบเอ็ด"],
  ["vietnameseCounting", "một", "hai mươi mốt"],
  ["bahtText", "หนึ่งบาทถ้วน", "ยี่สิบเอ็ดบาทถ้วน"],
  ["dollarText", "One and 00/100", "Twenty-one and 00/100"],
];

const MARKDOWN: Case<string>[] = [
  ["items all numbered 1.", "1. 甲\n1. 乙\n1. 丙", ["1. 甲", "2. 乙", "3. 丙"]],
  ["items all numbered 3)", "3) 甲\n3) 乙", ["3) 甲", "4) 乙"]],
  ["items numbered by hand stay", "1. 甲\n3. 乙", ["1. 甲", "3. 乙"]],
  [
    "front matter with Chinese names and names of several words",
    "---\n标题: 隐私指引\neffective date: 2026-04-01\n---\n\n正文",
    ["正文"],
    ["frontMatter: 标题: 隐私指引 effective date: 2026-04-01"],
  ],
  [
    "pictures",
    "前。\n\n![数据流向图](flow.png)\n\n![图标][i]\n\n[i]: a.png",
    ["前。", "数据流向图", "图标"],
    ["images: 数据流向图", "images: 图标"],
  ],
  [
    "marks of a site's generator",
    "[TOC]\n\n# 收集 {#collect}\n\n{% include x %}{{ name }}，`{{ 代码 }}`",
    ["[TOC]", "收集 {#collect}", "{% include x %}{{ name }}，{{ 代码 }}"],
    ["siteMarks: [TOC] {#collect} {% include x %} {{ name }}"],
  ],
  [
    "declarations and instructions",
    "<?xml version='1.0'?>\n\n正文 <![CDATA[x]]>",
    ["<?xml version='1.0'?>", "正文 <![CDATA[x]]>"],
    ["htmlTags: <?xml> <![CDATA[x]]>"],
  ],
  [
    "<br> in every way of writing it, in a cell too",
    "甲<br/>乙<BR>丙<br />丁\n\n|列|\n|-|\n|戊<br>己|",
    ["甲", "乙", "丙", "丁", "列", "戊", "己"],
  ],
  [
    "a comment for old browsers",
    "甲<!--[if IE]>只有IE<![endif]-->乙",
    ["甲乙"],
    ["comments: [if IE]>只有IE<![endif]"],
  ],
  ["setext headings", "隐私指引\n===\n\n一、目的\n---\n\n正文", ["隐私指引", "一、目的", "正文"]],
];

const TEXT: Case<string>[] = [
  ["Word's line breaks", "第一条 目的\u000b为保护个人信息。", ["第一条目的", "为保护个人信息。"]],
  ["Word's pages", "甲\u000c乙\n\u000c丙", ["甲", "乙", "丙"]],
  ["ends of lines of other systems", "甲\u0085乙\u2028丙\u2029丁", ["甲", "乙", "丙", "丁"]],
  ["articles beyond a hundred", "第一百零一条为保护信息。", ["第一百零一条为保护信息。"]],
  ["full-width digits", "１、设备；\n（１）型号。", ["１、设备；", "（１）型号。"]],
  ["decimals without a blank", "1.1目的\n1.2.1适用对象", ["1.1 目的", "1.2.1 适用对象"]],
  ["counted amounts are no numbers", "10.5元\n3、4、5 项", ["10.5元", "3、4、5 项"]],
  ["signs of Markdown", "# 井\n**星**\n> 引", ["# 井", "**星**", "> 引"]],
  ["indented by full-width blanks", "　　一、目的\n　　正文。", ["一、目的", "正文。"]],
  ["lines parted by tabs", "信息\t目的\n型号\t适配", ["信息\t目的", "型号\t适配"]],
];

describe("Word", () => {
  test.each(WORD)("%s", async (_, ...[input, lines, warnings = []]) => {
    const bytes = await docx(typeof input === "string" ? { body: input } : input);
    expect(await read("a.docx", bytes)).toEqual({ lines, warnings });
  });

  test("what is struck out twice is struck out", async () => {
    const bytes = await docx({ body: p(`${run("旧条款", "<w:dstrike/>")}${run("新条款")}`) });
    expect((await importText({ fileName: "a.docx", bytes })).markdown).toBe("~~旧条款~~新条款\n");
  });

  test.each(NUMBERS)("numbers as %s", async (format, ...[first, last]) => {
    const bytes = await docx({
      numbering: list(level(0, format, "%1、")),
      body: Array.from({ length: 21 }, () => numbered("甲", 0)).join(""),
    });
    const { lines, warnings } = await read("a.docx", bytes);
    expect([lines[0], lines[20]]).toEqual([`${first}、甲`, `${last}、甲`]);
    expect(warnings).toEqual([]);
  });
});

describe("Markdown", () => {
  test.each(MARKDOWN)("%s", async (_, ...[content, lines, warnings = []]) => {
    expect(await typed("a.md", content)).toEqual({ lines, warnings });
  });
});

describe("plain text", () => {
  test.each(TEXT)("%s", async (_, ...[content, lines, warnings = []]) => {
    expect(await typed("a.txt", content)).toEqual({ lines, warnings });
  });
});

const ONE = "我们会收集设备型号、系统版本和网络状态，用于保障连接的稳定。";
const TWO = "我们会收集崩溃日志，用于定位故障，保存三十天后删除。";
const THREE = "未经单独同意，不得向第三方提供通讯录和短信内容。";
const FOUR = "本指引的解释适用上海市的地方性法规，不考虑冲突规范。";
const paragraphs = (...all: string[]) => all.join("\n\n");
const table = (...rows: string[]) => ["|信息|目的|期限|", "|-|-|-|", ...rows].join("\n");
const [MODEL, LOG] = ["|设备型号|适配|六个月|", "|崩溃日志|排障|三十天|"];

type Counts = Partial<Record<(typeof COUNTED)[number], number>>;
const PAIRS: [what: string, before: string, after: string, counts: Counts][] = [
  ["lines wrapped otherwise", "Alpha beta\ngamma.", "Alpha beta gamma.", {}],
  ["an item set deeper", `- ${ONE}\n- ${TWO}`, `- ${ONE}\n  - ${TWO}`, {}],
  [
    "a paragraph made an item",
    paragraphs(ONE, TWO),
    paragraphs(ONE, `1. ${TWO}`),
    { renumbered: 1 },
  ],
  ["a heading renamed", `# 收集\n\n${ONE}`, `# 收集和使用\n\n${ONE}`, { changed: 1 }],
  [
    "a word put in the place of another everywhere",
    paragraphs(ONE, TWO, THREE),
    paragraphs(ONE, TWO, THREE).replaceAll("我们", "云桥科技"),
    { changed: 2 },
  ],
  [
    "one of two equal clauses gone",
    `# 甲\n\n${ONE}\n\n# 乙\n\n${ONE}\n\n${TWO}`,
    `# 甲\n\n${ONE}\n\n# 乙\n\n${TWO}`,
    { removed: 1 },
  ],
  [
    "two chapters put under one head",
    `# 甲章\n\n${ONE}\n\n# 乙章\n\n${TWO}`,
    `# 甲章\n\n${ONE}\n\n${TWO}`,
    { removed: 1 },
  ],
  [
    "chapters that changed places, their numbers with them",
    `# 一、收集\n\n${ONE}\n\n# 二、共享\n\n${THREE}\n\n# 三、法律\n\n${FOUR}`,
    `# 一、共享\n\n${THREE}\n\n# 二、收集\n\n${ONE}\n\n# 三、法律\n\n${FOUR}`,
    { moved: 2, renumbered: 1 },
  ],
  [
    "a column that came, and a row that went",
    table(MODEL, LOG),
    "|信息|目的|依据|期限|\n|-|-|-|-|\n|设备型号|适配|合同|六个月|",
    { changed: 1 },
  ],
  [
    "a link that leads elsewhere, in a cell",
    table(MODEL),
    table(MODEL.replace("适配", "[适配](https://a.example)")),
    { relinked: 1 },
  ],
];

describe("comparison", () => {
  test.each(PAIRS)("%s", (_, ...[before, after, counts]) => {
    const none = Object.fromEntries(COUNTED.map((kind) => [kind, 0]));
    expect(comparePolicies(parsePolicyText(before), parsePolicyText(after)).counts).toEqual({
      ...none,
      ...counts,
    });
  });
});
