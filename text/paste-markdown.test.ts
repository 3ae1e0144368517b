import { expect, test } from "vitest";

import { parsePolicyText } from "./parse-text";
import { markdownOfPaste } from "./paste-markdown";

const CASES: [string, string, string | null][] = [
  ["plain words are left to the clipboard's text", "<p>我们收集设备型号。</p>", null],
  [
    "P05: bold stays bold, whoever marks it",
    `<p>收集<b>精确位置</b>、<span style="font-weight:700">面部特征（敏感）</span>。</p>`,
    "收集**精确位置**、**面部特征（敏感）**。",
  ],
  [
    "a page that wraps everything in a bold that is none",
    `<b style="font-weight:normal"><p>一、<a href="https://a.example/x">说明</a></p></b>`,
    "一、[说明](https://a.example/x)",
  ],
  ["no script comes with a link", `<p><a href="javascript:alert(1)">说明</a></p>`, "说明"],
  [
    "headings are not bold twice",
    "<h2><b>一、适用范围</b></h2><p>全部</p>",
    "## 一、适用范围\n\n全部",
  ],
  [
    "lists",
    "<ul><li>设备型号</li><li>系统版本<ul><li>补丁级别</li></ul></li></ul>",
    "- 设备型号\n- 系统版本\n  - 补丁级别",
  ],
  [
    "what Word hides or writes beside",
    `<style>p{}</style><p class=MsoNormal><b>一、</b>范围<o:p></o:p><span style="display:none">批注</span></p><!--[if]-->`,
    "**一、**范围",
  ],
];

test.each(CASES)("%s", (_, html, markdown) => {
  expect(markdownOfPaste(html)).toBe(markdown);
});

test("a table keeps its columns: spans filled, lines within a cell, bars escaped", () => {
  const html = `<table><tr><th rowspan=2>类型</th><th colspan=2>4G|5G</th></tr>
    <tr><td><p>型号</p><p>系统</p></td><td><b>位置</b></td></tr></table>`;
  expect(markdownOfPaste(html)).toBe(
    "| 类型 | 4G\\|5G | |\n| - | - | - |\n| 类型 | 型号<br>系统 | **位置** |",
  );
});

test("P05: what was pasted is read as the page showed it", () => {
  const html = `<p>我们收集<b>“精确位置”</b>，用于<i>附近的人</i>；详见<a href="https://a.example/">说明</a>。</p>
    <table><tr><td>字段</td><td>目的</td></tr><tr><td><b>位置</b></td><td>附近</td></tr></table>`;
  const read = JSON.stringify(parsePolicyText(markdownOfPaste(html) ?? ""));
  for (const said of [`"text":"“精确位置”","strong":true`, `"text":"位置","strong":true`])
    expect(read).toContain(said);
});
