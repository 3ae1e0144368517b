import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  cell,
  docx,
  type Docx,
  numbered,
  p,
  RELATION,
  run,
  style,
  table,
} from "@/tests/support/docx";

import { readDocx } from "./docx";
import { formatNumber } from "./docx-numbers";
import { warningOf } from "./import-warnings";
import { parsePolicyText } from "./parse-text";
import { outline, visibleText } from "./visible-text";

const read = async (parts: Docx) => readDocx(await docx(parts));
const shown = async (parts: Docx) => visibleText(parsePolicyText((await read(parts)).markdown));

const NUMBERING = `<w:abstractNum w:abstractNumId="7">${[
  ["chineseCounting", "%1、"],
  ["chineseCounting", "(%2)"],
  ["decimal", "%3."],
  ["decimal", "(%4)"],
  ["bullet", "●"],
]
  .map(
    ([format, text], level) =>
      `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`,
  )
  .join(
    "",
  )}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="5"/></w:lvlOverride></w:num>`;

describe("what Word shows is in the text", () => {
  test("the numbers Word counts become words of the text and head its sections", async () => {
    const { markdown } = await read({
      numbering: NUMBERING,
      body: [
        numbered("总则", 0),
        numbered("目的", 1),
        numbered("设备型号;", 2),
        numbered("推送;", 3),
        numbered("优化。", 3),
        numbered("系统版本。", 2),
        numbered("范围", 1),
        numbered("另行计数。", 2, 2),
        numbered("联系", 0),
        numbered("邮件。", 2, 2),
      ].join(""),
    });
    const blocks = parsePolicyText(markdown);
    expect(outline(blocks).map(({ anchor, title }) => `${anchor} ${title}`)).toEqual([
      "sec-1 一、总则",
      "sec-1-1 (一)目的",
      "sec-1-2 (二)范围",
      "sec-2 二、联系",
    ]);
    expect(
      visibleText(blocks)
        .split("\n")
        .filter((line) => /^[(]?\d/.test(line)),
    ).toEqual([
      "1. 设备型号;",
      "(1) 推送;",
      "(2) 优化。",
      "2. 系统版本。",
      "5. 另行计数。",
      "1. 邮件。",
    ]);
  });

  test("a heading style may carry the number", async () => {
    const styles = style(
      "a1",
      "heading 1",
      '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr>',
    );
    const heading = (text: string) => p(text, '<w:pStyle w:val="a1"/>');
    const { markdown } = await read({
      numbering: NUMBERING,
      styles,
      body: heading("甲") + heading("乙"),
    });
    expect(markdown).toBe("# 一、甲\n\n# 二、乙\n");
  });

  test("P05: bold stays bold, set directly or by a style, also beside punctuation", async () => {
    const styles =
      style("s", "重点", "<w:rPr><w:b/></w:rPr>") + style("n", "Based", '<w:basedOn w:val="s"/>');
    const { markdown } = await read({
      styles,
      body:
        p(run("收集") + run("(设备型号)", "<w:b/>") + run("ABC") + run("等", '<w:b w:val="0"/>')) +
        p(run("全段加黑"), '<w:pStyle w:val="n"/>'),
    });
    const runs = parsePolicyText(markdown).map((block) =>
      block.kind === "paragraph" ? block.inlines : [],
    );
    expect(runs).toEqual([
      [
        { kind: "text", text: "收集" },
        { kind: "text", text: "(设备型号)", strong: true },
        { kind: "text", text: "ABC等" },
      ],
      [{ kind: "text", text: "全段加黑", strong: true }],
    ]);
  });

  test("tables stay tables, merged cells are filled and said so", async () => {
    const { markdown, warnings } = await read({
      body:
        table(
          cell("方案") + cell("信息") + cell("目的"),
          cell("IM | SDK", '<w:vMerge w:val="restart"/>') + cell("型号") + cell("推送"),
          cell("", "<w:vMerge/>") + cell("版本", '<w:gridSpan w:val="2"/>'),
        ) + table(cell("框内文字")),
    });
    expect(markdown).toBe(
      "| 方案 | 信息 | 目的 |\n| --- | --- | --- |\n| IM \\| SDK | 型号 | 推送 |\n| IM \\| SDK | 版本 |  |\n\n框内文字\n",
    );
    expect(warnings).toEqual([warningOf("mergedCells")]);
  });

  test("bullets, line breaks, links and footnotes", async () => {
    const { markdown } = await read({
      numbering: NUMBERING,
      links: `<Relationship Id="l" Type="${RELATION}/hyperlink" Target="https://a.example/x" TargetMode="External"/><Relationship Id="j" Type="${RELATION}/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>`,
      footnotes: `<w:footnote w:id="2">${p("注释文字")}</w:footnote>`,
      body:
        numbered("甲", 4) +
        numbered("乙", 4) +
        p(`${run("上")}<w:r><w:br/></w:r>${run("# 下")}`) +
        p(
          `<w:hyperlink r:id="l">${run("链接")}</w:hyperlink><w:hyperlink r:id="j">${run("坏")}</w:hyperlink>`,
        ) +
        p(`${run("见注")}<w:r><w:footnoteReference w:id="2"/></w:r>`),
    });
    expect(markdown).toBe(
      "- 甲\n- 乙\n\n上\\\n\\# 下\n\n[链接](<https://a.example/x>)坏\n\n见注[^1]\n\n[^1]: 注释文字\n",
    );
  });

  test("the contents are left out; they, pictures and tracked changes are said", async () => {
    const { markdown, warnings } = await read({
      styles: style("t", "toc 1"),
      body:
        p("一、总则 1", '<w:pStyle w:val="t"/>') +
        p(`<w:ins>${run("新增")}</w:ins><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>`),
    });
    expect(markdown).toBe("新增\n");
    expect(warnings).toEqual([warningOf("trackedChanges"), warningOf("contents")]);
  });

  test("whatever the words and their marks are", async () => {
    const words = fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 });
    const any = fc.oneof(
      words,
      fc.constantFrom("*", "**", "_", "a", "字", "(", "。", "1.", "#", "~~", "|", "<b>", " "),
    );
    const marks = fc.constantFrom("", "<w:b/>", "<w:i/>", "<w:strike/>", "<w:b/><w:i/>");
    const xml = (text: string) =>
      text
        .replace(/[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/g, "")
        .replace(/&/g, "&amp;")
        .replace(/</g, "&lt;")
        .replace(/>/g, "&gt;");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(any, marks), { minLength: 1, maxLength: 6 }),
        async (runs) => {
          const body = p(runs.map(([text, mark]) => run(xml(text), mark)).join(""));
          const wanted = runs
            .map(([text]) => text.replace(/[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/g, ""))
            .join("");
          expect((await shown({ body })).replace(/\s/g, "")).toBe(wanted.replace(/\s/g, ""));
        },
      ),
      { numRuns: 150 },
    );
  });
});

test("numbers are written as Word writes them", () => {
  const written = (format: string, ...numbers: number[]) =>
    numbers.map((n) => formatNumber(n, format));
  expect(written("chineseCounting", 1, 10, 12, 20, 105, 110)).toEqual([
    "一",
    "十",
    "十二",
    "二十",
    "一百零五",
    "一百一十",
  ]);
  expect(written("upperRoman", 4, 9, 14)).toEqual(["IV", "IX", "XIV"]);
  expect(written("lowerLetter", 1, 26, 27)).toEqual(["a", "z", "aa"]);
  expect(written("decimalEnclosedCircle", 1, 20, 21)).toEqual(["①", "⑳", "21"]);
  expect(written("constructor", 1)).toEqual(["1"]);
});
