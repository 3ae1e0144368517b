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
  W,
} from "@/tests/support/docx";

import { importText } from "./import-text";
import { parsePolicyText } from "./parse-text";
import { clausesOf } from "./clauses";
import { outline, visibleText } from "./visible-text";

/** Faults that users of other software reported, and what is right; and further ones of their kinds. */

async function word(content: string | Docx) {
  const bytes = await docx(typeof content === "string" ? { body: content } : content);
  const { markdown, warnings } = await importText({ fileName: "a.docx", bytes });
  const blocks = parsePolicyText(markdown);
  return {
    markdown,
    blocks,
    lines: visibleText(blocks).split("\n"),
    warnings: warnings.map(({ kind, words }) => (words === null ? kind : `${kind}: ${words}`)),
  };
}

const level = (...[at, format, shown, rest = ""]: [number, string, string, string?]) =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${rest}<w:lvlText w:val="${shown}"/></w:lvl>`;
const list = (...levels: string[]) =>
  `<w:abstractNum w:abstractNumId="7">${levels.join("")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>`;

describe("Word: numbers as Word shows them", () => {
  const CHAPTERS = list(
    level(0, "chineseCountingThousand", "第%1章"),
    level(
      1,
      "chineseCountingThousand",
      "第%2条",
      '<w:lvlRestart w:val="0"/><w:suff w:val="space"/>',
    ),
    level(2, "chineseCounting", "（%3）"),
  );

  test("articles count on through the chapters where the list says so", async () => {
    const { lines } = await word({
      numbering: CHAPTERS,
      body: [
        numbered("总则", 0),
        numbered("为保护个人信息，制定本规则。", 1),
        numbered("本规则适用于开发者。", 1),
        numbered("信息处理", 0),
        numbered("仅收集必需的信息：", 1),
        numbered("设备型号；", 2),
        numbered("网络状态。", 2),
        numbered("附则", 0),
        numbered("本规则自发布之日起施行。", 1),
      ].join(""),
    });
    expect(lines).toEqual([
      "第一章总则",
      "第一条为保护个人信息，制定本规则。",
      "第二条本规则适用于开发者。",
      "第二章信息处理",
      "第三条仅收集必需的信息：",
      "（一）设备型号；",
      "（二）网络状态。",
      "第三章附则",
      "第四条本规则自发布之日起施行。",
    ]);
  });

  test("one number typed twice stays that number, in paragraphs and in lines", async () => {
    const { lines } = await word(
      [
        p(run("1. 甲")),
        p(run("1. 乙")),
        p(`${run("2. 丙")}<w:r><w:br/></w:r>${run("2. 丁")}`),
      ].join(""),
    );
    expect(lines).toEqual(["1. 甲", "1. 乙", "2. 丙", "2. 丁"]);
  });

  test("a level restarts after the one that is named, not after every wider one", async () => {
    const numbering = list(
      level(0, "decimal", "%1."),
      level(1, "decimal", "%1.%2."),
      level(2, "decimal", "%3)", '<w:lvlRestart w:val="1"/>'),
    );
    const body = [0, 1, 2, 1, 2, 0, 1, 2].map((at) => numbered("甲", at)).join("");
    const { markdown: written } = await word({ numbering, body });
    expect(written.match(/\d\)/g)).toEqual(["1)", "2)", "1)"]);
  });

  test("第%1条 is an article, with a blank behind it or without, and has an anchor of its own", async () => {
    for (const suff of ["space", "nothing", "tab"]) {
      const numbering = list(
        level(0, "chineseCountingThousand", "第%1条", `<w:suff w:val="${suff}"/>`),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%3."),
        level(3, "decimalEnclosedCircle", "%4"),
      );
      const { blocks } = await word({
        numbering,
        body: [
          numbered("我们处理的信息", 0),
          numbered("账号信息包括昵称和头像。", 1),
          numbered("设备信息包括型号。", 1),
          numbered("型号", 2),
          numbered("安卓型号", 3),
          numbered("相机权限用于拍摄。", 0),
        ].join(""),
      });
      expect(outline(blocks).map(({ title }) => title)).toEqual(["第一条我们处理的信息"]);
      const anchors = clausesOf(blocks).map(({ anchor }) => anchor);
      expect(new Set(anchors).size).toBe(6);
      expect(anchors.at(-1)).toBe("sec-0-0-2");
    }
  });

  test.each([
    ["ideographTraditional", "甲、"],
    ["ideographZodiac", "子、"],
    ["upperLetter", "A、"],
    ["upperRoman", "I、"],
    ["decimalEnclosedParen", "⑴、"],
    ["ideographEnclosedCircle", "㊀、"],
    ["chineseLegalSimplified", "壹、"],
    ["numberInDash", "- 1 -、"],
    ["cardinalText", "One、"],
    ["russianLower", "а、"],
    ["koreanDigital", "일、"],
  ])("the format %s", async (format, marker) => {
    const { lines } = await word({
      numbering: list(level(0, format, "%1、")),
      body: numbered("文字", 0),
    });
    expect(lines[0]?.replace(/\s/g, "")).toBe(`${marker}文字`.replace(/\s/g, ""));
  });

  test("a format whose signs are unknown is named", async () => {
    const numbering = list(level(0, "custom", "%1."));
    expect((await word({ numbering, body: numbered("甲", 0) })).warnings).toEqual([
      "numberFormats: custom",
    ]);
  });

  test("a list goes on behind a table, a paragraph taken out of the numbering has none", async () => {
    const styles = style(
      "h",
      "heading 1",
      '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>',
    );
    const off = '<w:pStyle w:val="h"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>';
    const { markdown: written } = await word({
      styles,
      numbering: list(level(0, "decimal", "%1.")),
      body:
        p("引言", off) +
        p("甲", '<w:pStyle w:val="h"/>') +
        table(cell("项目") + cell("金额"), cell("订阅") + cell("一|二")) +
        p("乙", '<w:pStyle w:val="h"/>'),
    });
    expect(written).toBe(
      "# 引言\n\n# 1\\. 甲\n\n| 项目 | 金额 |\n| --- | --- |\n| 订阅 | 一\\|二 |\n\n# 2\\. 乙\n".replaceAll(
        "\\. ",
        ". ",
      ),
    );
  });
});

describe("Word: every visible word is there, or named", () => {
  const field = (instruction: string, result: string) =>
    `<w:fldSimple w:instr="${instruction}">${run(result)}</w:fldSimple>`;

  test("the results of simple and of composed fields", async () => {
    const { lines, warnings } = await word(
      p(
        `${run("合同编号：")}${field("DOCPROPERTY Number", "A-17")}${run("，日期")}${field("DATE", "2026年3月1日")}${run("。")}`,
      ) +
        p(
          `${run("按照")}<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF _1 \\r </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run("第三条")}<w:r><w:fldChar w:fldCharType="end"/></w:r>${run("处理")}`,
        ),
    );
    expect(lines).toEqual(["合同编号：A-17，日期2026年3月1日。", "按照第三条处理"]);
    expect(warnings).toEqual([]);
  });

  test("a formula is written on one line and named", async () => {
    const fraction =
      "<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>";
    const { lines, warnings } = await word(p(`<m:oMath>${fraction}</m:oMath>${run("为均值")}`));
    expect(lines).toEqual(["(a+b)/2为均值"]);
    expect(warnings).toEqual(["formulas: (a+b)/2"]);
  });

  test.each([
    [
      "sSup",
      "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>",
      "x^2",
    ],
    ["rad", "<m:rad><m:deg/><m:e><m:r><m:t>a+b</m:t></m:r></m:e></m:rad>", "√(a+b)"],
    ["d", "<m:d><m:e><m:r><m:t>a+b</m:t></m:r></m:e></m:d>", "(a+b)"],
  ])("a formula with %s, in a paragraph of its own", async (_, formula, shown) => {
    const body = `<w:p><m:oMathPara><m:oMath>${formula}</m:oMath></m:oMathPara></w:p>${p("完")}`;
    const { lines, warnings } = await word(body);
    expect(lines).toEqual([shown, "完"]);
    expect(warnings).toEqual([`formulas: ${shown}`]);
  });

  test("w:cr and positioned tabs part words, phonetic guides stay, boxes are ticked as in Word", async () => {
    const tick =
      '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>';
    const { lines, warnings } = await word(
      p("<w:r><w:t>上</w:t><w:cr/><w:t>下</w:t></w:r>") +
        p("<w:r><w:t>左</w:t><w:ptab/><w:t>右</w:t></w:r>") +
        p(
          "<w:r><w:ruby><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汉</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        ) +
        p(`${tick}${run("同意")}`),
    );
    expect(lines).toEqual(["上", "下", "左 右", "汉（hàn）", "☒同意"]);
    expect(warnings).toEqual([]);
  });

  test("hidden text is left out and named with its place, whatever hides it", async () => {
    const styles =
      style("h", "暗", "<w:rPr><w:vanish/></w:rPr>") +
      '<w:style w:type="character" w:styleId="c"><w:name w:val="隐"/><w:rPr><w:vanish/></w:rPr></w:style>';
    const bytes = await docx({
      styles,
      body:
        p(run("隐藏一", "<w:vanish/>") + run("可见一")) +
        p("隐藏二", '<w:pStyle w:val="h"/>') +
        p(run("隐藏三", '<w:rStyle w:val="c"/>') + run("可见二", '<w:vanish w:val="0"/>')),
    });
    const { markdown: written, warnings } = await importText({ fileName: "a.docx", bytes });
    expect(written).toBe("可见一\n\n可见二\n");
    expect(warnings).toEqual([
      { kind: "hidden", place: "可见一", words: "隐藏一" },
      { kind: "hidden", place: "可见一", words: "隐藏二" },
      { kind: "hidden", place: "可见二", words: "隐藏三" },
    ]);
  });

  test("content controls, smart tags and boxes of text, in the old form, the new one and both", async () => {
    const box = (words: string) => `<w:txbxContent>${p(words)}</w:txbxContent>`;
    const drawing = (words: string) =>
      `<w:drawing><wp:inline><wps:txbx>${box(words)}</wps:txbx></wp:inline></w:drawing>`;
    const { lines, warnings } = await word(
      `<w:p><w:sdt><w:sdtContent>${run("控件")}</w:sdtContent></w:sdt></w:p>` +
        `<w:p><w:smartTag>${run("标记")}</w:smartTag></w:p>` +
        `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">${drawing("联系方式")}</mc:Choice><mc:Fallback><w:pict><v:textbox>${box("联系方式")}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>${run("框外一")}</w:p>` +
        `<w:p><w:r>${drawing("只有新式")}</w:r>${run("框外二")}</w:p>`,
    );
    expect(lines).toEqual(["控件", "标记", "框外一", "联系方式", "框外二", "只有新式"]);
    expect(warnings).toEqual([]);
  });

  test("headers, footers, comments, pictures and embedded files are named; page numbers are not", async () => {
    const part = (words: string) => `<w:x ${W}>${p(words)}</w:x>`;
    const { lines, warnings } = await word({
      parts: {
        "word/header1.xml": part("内部文件 不得外传"),
        "word/header2.xml": part("隐私保护指引"),
        "word/footer1.xml": part("第 1 页 / 共 3 页"),
        "word/footer2.xml": part("版权所有"),
        "word/comments.xml": part("法务待确认"),
      },
      body:
        p("隐私保护指引") +
        '<w:p><w:r><w:drawing><wp:inline><wp:docPr descr="数据流向图"/></wp:inline></w:drawing></w:r></w:p>' +
        "<w:altChunk/>",
    });
    expect(lines).toEqual(["隐私保护指引"]);
    expect(warnings).toEqual([
      "images: 数据流向图",
      "embedded",
      "header: 内部文件 不得外传",
      "footer: 版权所有",
      "wordComments: 法务待确认",
    ]);
  });

  test("words in an element nobody knows are named, with the words around them as their place", async () => {
    const { warnings } = await word(
      p(`${run("前文。")}<w:future>${run("未来元素")}</w:future>${run("后文。")}`),
    );
    expect(warnings).toEqual(["missing: 未来元素"]);
    const alone = await importText({
      fileName: "a.docx",
      bytes: await docx({ body: `${p("上一段。")}<w:p><w:future>${run("整段")}</w:future></w:p>` }),
    });
    expect(alone.warnings).toEqual([{ kind: "missing", place: "整段", words: "整段" }]);
  });

  test("a sign of a font that has no letter is named", async () => {
    const { warnings } = await word(
      p(`<w:r><w:sym w:font="Own" w:char="F0FE"/></w:r>${run("项")}`),
    );
    expect(warnings).toEqual(["missing: Own F0FE"]);
  });

  test("merged, nested and controlled tables, changes of rows and marks, notes in cells", async () => {
    const nested = `<w:tc>${p("外右")}${table(cell("内一") + cell("内二"))}<w:p/></w:tc>`;
    const rows = `<w:tbl><w:tr>${cell("信息")}${cell("目的")}</w:tr><w:sdt><w:sdtContent><w:tr>${cell("控件")}${cell("值")}</w:tr></w:sdtContent></w:sdt><w:tr><w:trPr><w:del/></w:trPr>${cell("旧行")}${cell("旧")}</w:tr></w:tbl>`;
    const noted = `<w:tc><w:p>${run("值")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p></w:tc>`;
    const { lines, warnings } = await word({
      footnotes: `<w:footnote w:id="2">${p("注释")}</w:footnote>`,
      body:
        table(cell("甲") + nested) +
        rows +
        table(cell("列") + noted, cell("丙") + cell("丁")) +
        p("保存期限为", "<w:rPr><w:del/></w:rPr>") +
        p("六个月。"),
    });
    expect(lines.map((line) => line.replaceAll("\t", " "))).toEqual([
      "甲 外右",
      "内一",
      "内二",
      "信息 目的",
      "控件 值",
      "列 值[1]",
      "丙 丁",
      "保存期限为六个月。",
      "[1] 注释",
    ]);
    expect(warnings).toEqual(["trackedChanges"]);
  });

  test("what a tracked change moved stands at its new place alone", async () => {
    const { lines } = await word(
      p("第一段。") +
        `<w:p><w:moveFrom>${run("被移动。")}</w:moveFrom></w:p>` +
        p("第二段。") +
        `<w:p><w:moveTo>${run("被移动。")}</w:moveTo></w:p>`,
    );
    expect(lines).toEqual(["第一段。", "第二段。", "被移动。"]);
  });

  test("links keep their words, and notes theirs", async () => {
    const { warnings } = await word({
      links: `<Relationship Id="l" Type="${RELATION}/hyperlink" Target="https://a.example" TargetMode="External"/>`,
      footnotes: `<w:footnote w:id="2">${p("注释")}</w:footnote><w:footnote w:id="3">${p("没有引用的注")}</w:footnote>`,
      body: p(
        `${run("见")}<w:hyperlink r:id="l">${run("链接")}</w:hyperlink><w:r><w:footnoteReference w:id="2"/></w:r>${run("。")}`,
      ),
    });
    expect(warnings).toEqual([]);
  });
});
