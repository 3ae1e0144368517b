import fs from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";

import { inRoot } from "@/lib/paths";

import { parseMarkdown, readMarkdown } from "./markdown-drafts";
import { readInParts } from "./simple-markdown";

/** Pieces of lines; what is simple, and what only looks so. */
const PIECES = [
  ...[
    "甲",
    "乙丙。",
    "（丁）",
    "word",
    "2026 年",
    "3.5",
    " ",
    "  ",
    "\t",
    "\u3000",
    "、",
    "😀",
    "e\u0301",
  ],
  ...[
    "**",
    "**甲**",
    "**甲",
    "乙**",
    "**甲。**",
    "**（乙）**",
    "。**",
    "**（",
    "***",
    "*",
    "_",
    "__",
    "~~",
    "`",
    "``",
    "```",
    "~~~",
  ],
  ...["1. ", "2. ", "3) ", "10. ", "1.", "1234567890. ", "- ", "* ", "+ ", "-", "---", "==="],
  ...["# ", "## ", "####### ", " #", "#", "> ", ">", "    ", "   "],
  ...[
    "|",
    "| 甲 | 乙 |",
    "|甲|",
    "|---|---|",
    "| :-- | --: |",
    "|:-:|",
    "| 甲 | **乙** |",
    "| | |",
  ],
  ...["[甲]", "[甲](/b)", "[甲]: /b", "[^1]", "[^1]: 注", "![图](x)", "<b>", "<!--", "-->", "<br>"],
  ...[
    "[甲乙](/b)",
    "[a@b.example](mailto:a@b.example)",
    "[甲](javascript:x)",
    "[ 甲 ](/b)",
    "`甲`",
    "`a*b`",
  ],
  ...["` a`", "`a`b`", "!", "[^甲](/b)", "(/b)", "[", "]", "\ue000", "[甲`](/b)`", "<a@b.example>"],
  ...[
    "&amp;",
    "&",
    "\\",
    "\\*",
    "\\|",
    "www.a.example",
    "https://a.example",
    "a@b.example",
    "WWW.b.example",
  ],
  ...["一、", "（二）", "第三条 ", "(1)", "①", "\ufeff", "\0", "\r", "\u2028", "\v"],
];
const END = ["\n", "\n", "\n\n", "\n\n", "\n \n", "\n\n\n", ""];

const text = fc
  .array(
    fc.tuple(fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }), fc.constantFrom(...END)),
    { maxLength: 12 },
  )
  .map((lines) => lines.map(([pieces, end]) => pieces.join("") + end).join(""));

/** With the order of what an object holds, by which equal clauses are known. */
const asWritten = (value: unknown) => JSON.stringify(value);

test("what is read without the parser reads as the parser reads it", () => {
  fc.assert(
    fc.property(text, (markdown) => {
      expect(asWritten(readMarkdown(markdown))).toBe(asWritten(parseMarkdown(markdown)));
    }),
    { numRuns: Number(process.env.SIMPLE_TEXTS ?? 300) },
  );
});

test("any string is read so", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (markdown) => {
      expect(asWritten(readMarkdown(markdown))).toBe(asWritten(parseMarkdown(markdown)));
    }),
  );
});

test("a text of a real kind is read so, and the parser is asked for next to nothing of it", () => {
  const folder = inRoot("scripts", "demo-texts");
  for (const name of fs.readdirSync(folder).filter((one) => /guide-3.*zh-CN/.test(one))) {
    const markdown = fs.readFileSync(`${folder}/${name}`, "utf8");
    let asked = 0;
    const drafts = readInParts(markdown, (part) => {
      asked += part.length;
      return parseMarkdown(part);
    });
    expect(asWritten(drafts)).toBe(asWritten(parseMarkdown(markdown)));
    expect(asked / markdown.length).toBeLessThan(0.1);
  }
});
