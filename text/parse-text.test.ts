import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { effort } from "@/tests/support/effort";

import { parsePolicyText } from "./parse-text";
import type { Inline, PolicyBlock } from "./blocks";
import { headingText, inlineText, outline, readingMinutes, visibleText } from "./visible-text";

const headings = (text: string) => outline(parsePolicyText(text)).map(({ anchor }) => anchor);
const first = (text: string) => parsePolicyText(text)[0];
const inlines = (text: string): Inline[] => {
  const block = first(text);
  return block && "inlines" in block ? block.inlines : [];
};

function allAnchors(blocks: PolicyBlock[]): string[] {
  return blocks.flatMap((block) => [
    block.anchor,
    ...(block.kind === "list"
      ? block.items.flatMap((item) => [item.anchor, ...allAnchors(item.blocks)])
      : []),
    ...(block.kind === "quote" ? allAnchors(block.blocks) : []),
  ]);
}

describe("legal numbering", () => {
  test.each([
    ["一、总则", 2, "一、", "总则", "sec-1"],
    ["\u3000\u3000十二、其他", 2, "十二、", "其他", "sec-12"],
    ["(三)共享", 3, "(三)", "共享", "sec-0-3"],
    ["\uff08二十一\uff09 转让", 3, "\uff08二十一\uff09", "转让", "sec-0-21"],
    ["第一章 总则", 2, "第一章", "总则", "sec-1"],
    ["第三条 定义", 3, "第三条", "定义", "sec-0-3"],
    ["# 1. Scope", 2, "1.", "Scope", "sec-1"],
    ["## 一、总则", 2, "一、", "总则", "sec-1"],
    ["### (二)转让", 3, "(二)", "转让", "sec-0-2"],
    ["# Your Rights", 2, null, "Your Rights", "sec-your-rights"],
    ["引言", 2, null, "引言", "sec-intro"],
  ])("%j heads a section", (text, ...[level, number, title, anchor]) => {
    const block = first(text);
    expect(block).toMatchObject({ kind: "heading", level, number, anchor });
    expect(block && "inlines" in block && inlineText(block.inlines)).toBe(title);
  });

  test.each([
    "(一)我们只会在达成本政策所述目的所需的期限内保留您的个人信息。",
    "一、您同意并理解,我们可以转让;\n",
    "(一)基于本声明 SDK 收集的信息,我们会处理。",
    "(三)按照本声明 第九条 所述方式与我们联系。",
  ])("%j is a numbered clause, not a heading", (text) => {
    expect(first(text)).toMatchObject({ kind: "list", ordered: true });
  });

  test("a title that goes on in the same line heads the text after the blank", () => {
    const [title, text] = parsePolicyText("(三)响应合理请求 我们会响应您的合理请求。");
    expect(title?.kind === "heading" && headingText(title)).toBe("(三)响应合理请求");
    expect(text).toMatchObject({ kind: "paragraph", anchor: "sec-0-3-p1" });
  });

  test.each([
    "3.5 亿用户的信息",
    "2026.1.1 起生效",
    "一、二、三线城市的用户",
    "第九条所述方式",
    "1.5 倍",
  ])("%j is no number of a clause", (text) =>
    expect(first(text)).toMatchObject({ kind: "paragraph" }),
  );

  test("numbered lines become lists, the narrower number within the wider", () => {
    const text = "二、权利\n\n(二)行使\n\n1. 查阅\n\n(1)方式\n\na. 邮件\n\n(2)期限\n\n2. 删除";
    const [, , list] = parsePolicyText(text);
    expect(list).toMatchObject({
      kind: "list",
      items: [
        {
          marker: "1.",
          anchor: "sec-2-2-1",
          blocks: [
            {
              items: [
                {
                  marker: "(1)",
                  anchor: "sec-2-2-1-1",
                  blocks: [{ items: [{ marker: "a.", anchor: "sec-2-2-1-1-a" }] }],
                },
                { marker: "(2)", anchor: "sec-2-2-1-2" },
              ],
            },
          ],
        },
        { marker: "2.", anchor: "sec-2-2-2" },
      ],
    });
  });

  test("items and subsections of a section never share an anchor", () => {
    expect(
      allAnchors(parsePolicyText("一、甲\n\n1. 乙\n\n(1)丙\n\n(一)丁\n\n1. 戊\n\n(1)己")),
    ).toEqual(
      expect.arrayContaining(["sec-1-0-1", "sec-1-0-1-1", "sec-1-1", "sec-1-1-1", "sec-1-1-1-1"]),
    );
    expect(allAnchors(parsePolicyText("一、甲\n\n(二)乙\n\n文\n\n(3)丙"))).toContain("sec-1-2-0-3");
  });

  test("a section below a Markdown list ends the list", () => {
    expect(headings("1. 甲\n一、乙\n2. 丙")).toEqual(["sec-1"]);
  });

  test("headings of English texts nest by their depth, below a title of their own", () => {
    const text = "# Privacy Policy\n\n## 1. Scope\n\n### 1.1 Who\n\n### 1.2 What\n\n## 2. Rights";
    expect(headings(text)).toEqual(["sec-privacy-policy", "sec-1", "sec-1-1", "sec-1-2", "sec-2"]);
    const levels = outline(parsePolicyText(text)).map(({ level }) => level);
    expect(levels).toEqual([2, 2, 3, 3, 2]);
  });
});

describe("anchors", () => {
  const text = "引言\n\n文\n\n一、甲\n\n1. 一\n\n2. 二\n\n(一)乙\n\n文\n\n1. 三\n\n二、丙\n\n文";
  const numbered = (source: string) =>
    allAnchors(parsePolicyText(source)).filter((anchor) => /^sec-(\d+(-\d+)*|intro)$/.test(anchor));

  test("P44: a paragraph that comes in anywhere moves no anchor of a numbered part", () => {
    const paragraphs = text.split("\n\n");
    for (let at = 0; at <= paragraphs.length; at += 1) {
      expect(numbered(paragraphs.toSpliced(at, 0, "另有一段说明。").join("\n\n"))).toEqual(
        numbered(text),
      );
    }
  });

  test("are unique even where numbers repeat, and the same for the same text", () => {
    const anchors = allAnchors(
      parsePolicyText("一、甲\n\n1. 子\n\n文\n\n1. 丑\n\n一、乙\n\n1. 寅"),
    );
    expect(new Set(anchors).size).toBe(anchors.length);
    expect(anchors).toEqual(expect.arrayContaining(["sec-1-0-1-x2", "sec-1-x2", "sec-1-x2-0-1"]));
  });

  test("are unique for any text", () => {
    const line = fc.constantFrom(
      "一、甲",
      "(一)乙",
      "1. 丙",
      "(1)丁",
      "- 戊",
      "# 己",
      "## 1. 庚",
      "文",
      "> 引",
      "|a|\n|-|",
      "---",
      "a. 辛",
      "# intro",
      "引言",
      "[^1]",
      "[^1]: 注",
      "[^注]",
      "[^注]: 注",
      `${"- ".repeat(35)}深`,
      `# ${"long title ".repeat(12)}`,
      "# 1-0-1",
      "① 壬",
      "# p1",
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const anchors = allAnchors(parsePolicyText(lines.join("\n\n")));
        expect(new Set(anchors).size).toBe(anchors.length);
        for (const anchor of anchors) expect(anchor).toMatch(/^[a-z0-9-]{1,80}$/);
      }),
    );
  });
});

describe("Markdown", () => {
  test("P05: bold stays bold, also where Chinese punctuation touches it", () => {
    expect(inlines("我们收集**设备型号**、**(敏感)**信息和**注意:**请阅读")).toEqual([
      { kind: "text", text: "我们收集" },
      { kind: "text", text: "设备型号", strong: true },
      { kind: "text", text: "、" },
      { kind: "text", text: "(敏感)", strong: true },
      { kind: "text", text: "信息和" },
      { kind: "text", text: "注意:", strong: true },
      { kind: "text", text: "请阅读" },
    ]);
    expect(first("**一、总则**")).toMatchObject({
      kind: "heading",
      number: "一、",
      inlines: [{ text: "总则", strong: true }],
    });
  });

  test("GFM tables stay tables, with bold, line breaks and rows of one width", () => {
    expect(
      first("| 信息 | 目的 |\n|:--|-:|\n| **型号** | 推送<br>优化 |\n| 甲 |\n| 乙 | 丙 | 丁 |"),
    ).toEqual({
      kind: "table",
      anchor: "sec-0-t1",
      align: ["left", "right", null],
      head: [[{ kind: "text", text: "信息" }], [{ kind: "text", text: "目的" }], []],
      rows: [
        [
          [{ kind: "text", text: "型号", strong: true }],
          [{ kind: "text", text: "推送" }, { kind: "break" }, { kind: "text", text: "优化" }],
          [],
        ],
        [[{ kind: "text", text: "甲" }], [], []],
        [
          [{ kind: "text", text: "乙" }],
          [{ kind: "text", text: "丙" }],
          [{ kind: "text", text: "丁" }],
        ],
      ],
    });
  });

  test.each([
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "前<b>中</b>后",
    "<div>\n<p>x</p>\n</div>",
    "<?php x ?>",
    "<![CDATA[x]]>",
  ])("raw HTML is shown as it is written: %j", (text) => {
    expect(visibleText(parsePolicyText(text)).replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
  });

  test.each([
    "[点此](javascript:alert(1))",
    "[点此](JaVaScRiPt:alert(1))",
    "[点此](<java\tscript:alert(1)>)",
    "[点此](&#106;avascript:alert(1))",
    "[点此](data:text/html,x)",
    "[点此](vbscript:x)",
    "[点此](//evil.example)",
    "[点此](/\\evil.example)",
    "[点此](file.html)",
    "[点此][a]\n\n[a]: javascript:alert(1)",
  ])("a link that is not safe becomes its words: %j", (text) => {
    expect(inlines(text)).toEqual([{ kind: "text", text: "点此" }]);
  });

  test.each([
    "https://a.example/x",
    "http://a.example",
    "mailto:a@b.example",
    "#sec-9",
    "/zh-CN/policies",
  ])("a link to %s is kept", (href) => {
    expect(inlines(`[**此处**](${href})`)).toEqual([
      { kind: "link", href, children: [{ kind: "text", text: "此处", strong: true }] },
    ]);
  });

  test("addresses written out become links and end where the Chinese text goes on", () => {
    expect(inlines("见 https://a.example/x(1)。**邮箱** dpo@b.example,(www.c.example).")).toEqual([
      { kind: "text", text: "见 " },
      {
        kind: "link",
        href: "https://a.example/x(1)",
        children: [{ kind: "text", text: "https://a.example/x(1)" }],
      },
      { kind: "text", text: "。" },
      { kind: "text", text: "邮箱", strong: true },
      { kind: "text", text: " " },
      {
        kind: "link",
        href: "mailto:dpo@b.example",
        children: [{ kind: "text", text: "dpo@b.example" }],
      },
      { kind: "text", text: ",(" },
      {
        kind: "link",
        href: "https://www.c.example",
        children: [{ kind: "text", text: "www.c.example" }],
      },
      { kind: "text", text: ")." },
    ]);
  });

  test("images become their alternative text, footnotes a list that their numbers link to", () => {
    expect(visibleText(parsePolicyText("![流程图](x.png)图"))).toBe("流程图图");
    const blocks = parsePolicyText("甲[^1]\n\n[^1]: 乙");
    expect(blocks[0]).toMatchObject({ inlines: [{}, { kind: "link", href: "#note-1" }] });
    expect(blocks[1]).toMatchObject({ kind: "list", items: [{ marker: "[1]", anchor: "note-1" }] });
  });

  test("line ends: a break in Chinese, a blank in English, a new line before a number", () => {
    expect(inlines("甲\n乙")).toEqual([
      { kind: "text", text: "甲" },
      { kind: "break" },
      { kind: "text", text: "乙" },
    ]);
    expect(inlines("one\ntwo (see\n(1) x)")).toEqual([
      { kind: "text", text: "one two (see (1) x)" },
    ]);
    expect(parsePolicyText("我们将:\n(1)甲\n(2)乙")).toMatchObject([
      { kind: "paragraph" },
      { kind: "list", items: [{ marker: "(1)" }, { marker: "(2)" }] },
    ]);
  });

  test("quotes, code and rules keep their text; a definition nobody uses stays to be seen", () => {
    const text = "> 一、引文\n\n```js\nunInit()\n```\n\n---\n\n[a]: https://a.example";
    expect(parsePolicyText(text)).toMatchObject([
      { kind: "quote", anchor: "sec-0-q1", blocks: [{ kind: "list" }] },
      { kind: "code", text: "unInit()" },
      { kind: "rule" },
      { kind: "paragraph" },
    ]);
    expect(visibleText(parsePolicyText(text))).toContain("[a]: https://a.example");
  });
});

test("any string parses", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      parsePolicyText(text);
    }),
  );
});

test.each([
  ["quotes", ">".repeat(5_000)],
  ["items", `${"- ".repeat(2_500)}甲`],
  ["indented items", Array.from({ length: 200 }, (_, i) => `${" ".repeat(2 * i)}- 甲`).join("\n")],
  ["stars", `${"*".repeat(12_500)}甲${"*".repeat(12_500)}`],
  ["emphases", `${"*a _b ".repeat(1_250)}${"c_ d* ".repeat(1_250)}`],
  ["bold lines without a blank one", "**甲**乙\n".repeat(3_000)],
  ["brackets", "[".repeat(12_500)],
  ["dots before an @", `${".".repeat(12_500)}@`],
  ["numbers", "一、".repeat(5_000)],
])("absurdly many %s are read in a moment, without loss", async (_, text) => {
  let shown = "";
  const took = await effort(() => (shown = visibleText(parsePolicyText(text))));
  expect(took).toBeLessThan(2_500);
  expect([...shown].filter((char) => char === "甲")).toHaveLength(text.split("甲").length - 1);
});

test("reading time counts characters in Chinese and words in English", () => {
  expect(readingMinutes(parsePolicyText("字".repeat(2_000)), "zh-CN")).toBe(5);
  expect(readingMinutes(parsePolicyText("word ".repeat(460)), "en")).toBe(2);
  expect(readingMinutes([], "en")).toBe(1);
});
