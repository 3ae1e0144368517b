import { describe, expect, test } from "vitest";

import { clausesOf } from "./clauses";
import { importText } from "./import-text";
import { parsePolicyText } from "./parse-text";
import { visibleText } from "./visible-text";

/** Faults that users of other software reported, and what is right; and further ones of their kinds. */

async function imported(fileName: string, content: string) {
  const bytes = new TextEncoder().encode(content);
  const { markdown, warnings } = await importText({ fileName, bytes });
  const blocks = parsePolicyText(markdown);
  return {
    markdown,
    blocks,
    lines: visibleText(blocks).split("\n"),
    warnings: warnings.map(({ kind, words }) => (words === null ? kind : `${kind}: ${words}`)),
  };
}
const text = (content: string) => imported("a.txt", content);
const markdown = (content: string) => imported("a.md", content);

describe("Markdown as repositories keep it", () => {
  test.each([
    ["YAML", '---\ntitle: 隐私指引\nversion: "3.2"\ntags:\n  - a\n---\n\n# 隐私指引\n\n正文。'],
    ["TOML", '+++\ntitle = "隐私指引"\n[extra]\na = 1\n+++\n\n# 隐私指引\n\n正文。'],
    ["YAML ended by dots", "---\ntitle: 隐私指引\n...\n\n# 隐私指引\n\n正文。"],
  ])("front matter in %s is not the text, and is named", async (_, source) => {
    const { lines, warnings } = await markdown(source);
    expect(lines).toEqual(["隐私指引", "正文。"]);
    expect(warnings).toEqual([expect.stringContaining("隐私指引")]);
    expect(warnings[0]).toMatch(/^frontMatter: /);
  });

  test("a list between two rules is no front matter", async () => {
    expect((await markdown("---\n\n- 甲\n\n---\n\n乙")).lines).toEqual(["", "- 甲", "", "乙"]);
  });

  test.each([
    ["of its own", "正文一。\n\n<!-- 内部备注 -->\n\n正文二。", ["正文一。", "正文二。"]],
    ["within a line", "正文<!-- 内部备注 -->一。", ["正文一。"]],
    ["over empty lines", "一。\n\n<!--\n内部备注\n\n-->\n\n二。", ["一。", "二。"]],
    ["between two lines", "甲。\n<!-- 内部备注 -->\n乙。", ["甲。", "乙。"]],
    ["as a definition", "甲。\n\n[//]: # (内部备注)\n\n乙。", ["甲。", "乙。"]],
    ["as a definition with a name", '甲。\n\n[comment]: <> "内部备注"\n', ["甲。"]],
    ["in a cell", "|甲|乙|\n|-|-|\n|丙<!-- 内部备注 -->|丁|", ["甲\t乙", "丙\t丁"]],
    ["in a heading", "# 标题 <!-- 内部备注 -->\n\n甲", ["标题", "甲"]],
  ])("a comment %s reaches no reader and is named", async (_, source, lines) => {
    const read = await markdown(source);
    expect(read.lines).toEqual(lines);
    expect(read.markdown).not.toContain("内部备注");
    expect(read.warnings).toEqual(["comments: 内部备注"]);
  });

  test.each([
    ["in a fence", "```html\n<!-- 例 -->\n```"],
    ["in code within a line", "写成 `<!-- 例 -->` 即可"],
    ["escaped", "写成 \\<!-- 例 --> 即可"],
  ])("a comment %s is text", async (_, source) => {
    const read = await markdown(source);
    expect(read.lines.join("")).toContain("<!-- 例 -->");
    expect(read.warnings).toEqual([]);
  });

  test("a text made to be slow is read as fast as another", async () => {
    for (const slow of ["`a".repeat(40_000), `${" ".repeat(90_000)}a`, "<a ".repeat(30_000)]) {
      await markdown(slow).catch((error: unknown) =>
        expect(error).toMatchObject({ code: "invalid" }),
      );
    }
  });

  test("<br> breaks the line, tags are shown and named", async () => {
    const { lines, warnings } = await markdown(
      "正文二。<br>换行后。\n\n<details><summary>更多</summary>\n\n内容\n\n</details>",
    );
    expect(lines.slice(0, 2)).toEqual(["正文二。", "换行后。"]);
    expect(warnings).toEqual(["htmlTags: <details> <summary> </summary> </details>"]);
  });

  test("as GFM has them: bold beside Chinese, addresses, cells, notes, numbers", async () => {
    const { lines, warnings } = await markdown(
      "**重要信息。**后；见https://example.com/guide，邮箱：a@b.example。\n\n| 权限 | 代码 |\n|---|---|\n| 麦克风 | a\\|b |\n| 少格 |\n\n3. 运行。\n4. 检查。\n\n期限[^期]。\n\n[^期]: 六个月。",
    );
    expect(lines).toEqual([
      "重要信息。后；见https://example.com/guide，邮箱：a@b.example。",
      "权限\t代码",
      "麦克风\ta|b",
      "少格\t",
      "3. 运行。",
      "4. 检查。",
      "期限[期]。",
      "[期]六个月。",
    ]);
    expect(warnings).toEqual([]);
  });
});

describe("plain text: the numbers of Chinese contracts", () => {
  test.each([
    ["第一条为保护个人信息，制定本规则。", "第一条", "1"],
    ["第十二条　保存期限为六个月。", "第十二条", "12"],
    ["第三条之一受托方应当按约定处理。", "第三条之一", "3-1"],
    ["第1.2条 乙方应当付款。", "第1.2条", "1-2"],
    ["第三条中国公民的信息。", "第三条", "3"],
    ["壹、定义与解释如下。", "壹、", "1"],
    ["甲、设备信息；", "甲、", "1"],
    ["⑵网络状态；", "⑵", "2"],
    ["⒊日志；", "⒊", "3"],
    ["㈣其他。", "㈣", "4"],
    ["Ⅳ、附件。", "Ⅳ、", "4"],
    ["５．付款。", "５．", "5"],
    ["（６）验收。", "（６）", "6"],
    ["一）目的。", "一）", "1"],
    ["【2】通知。", "【2】", "2"],
    ["B. 违约责任。", "B.", "b"],
  ])("%s", async (line, marker, segment) => {
    const [clause] = clausesOf((await text(line)).blocks);
    expect(clause).toMatchObject({ kind: "item", marker });
    expect(clause?.anchor).toMatch(new RegExp(`-${segment}$`));
  });

  test.each([
    "第三条所述目的之外，不作他用。",
    "第三条第一款规定的情形除外。",
    "第三条和第四条同时适用。",
    "第三条的规定不适用。",
    "第二条、第三条另有约定。",
    "甲、乙双方应当遵守。",
    "甲方应当付款。",
    "3.5 亿元以下的除外。",
    "Ⅱ型糖尿病患者除外。",
    "2026.3 万元",
  ])("no number: %s", async (line) => {
    expect((await text(line)).blocks).toMatchObject([{ kind: "paragraph" }]);
  });

  test("parts of an article stand below it", async () => {
    const { blocks } = await text(
      "第一条甲方应当：\n（一）付款；\n（二）验收。\n第二条乙方应当交付。",
    );
    const anchors = clausesOf(blocks).map(({ anchor, depth }) => `${depth} ${anchor}`);
    expect(anchors).toEqual(["0 sec-0-0-1", "1 sec-0-0-1-1", "1 sec-0-0-1-2", "0 sec-0-0-2"]);
  });

  test("lines parted by tabs stay lines, line ends of every kind end them, a soft hyphen is kept", async () => {
    expect((await text("信息\t目的\r\n型号\t适配\r")).lines).toEqual(["信息\t目的", "型号\t适配"]);
    expect((await text("\ufeff甲\r\n乙\rco\u00adop")).lines).toEqual(["甲", "乙", "co\u00adop"]);
    await expect(text("a\u0000b")).rejects.toMatchObject({ code: "invalid" });
  });
});
