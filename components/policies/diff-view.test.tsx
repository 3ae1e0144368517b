import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import { at } from "@/lib/addresses";
import { MESSAGES } from "@/messages";
import { comparePolicies } from "@/text/diff";
import { parsePolicyText } from "@/text/parse-text";

import { DiffView } from "./diff-view";

type Options = Partial<Pick<Parameters<typeof DiffView>[0], "layout" | "onlyChanges">>;

/** The comparison as a page shows it; `lines` are its words, block by block. */
function read(before: string, after: string, options: Options = {}) {
  const { entries } = comparePolicies(parsePolicyText(before), parsePolicyText(after));
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="zh-CN" messages={MESSAGES["zh-CN"]} timeZone="Asia/Shanghai">
      <DiffView entries={entries} lang="zh-CN" layout="inline" onlyChanges {...options} />
    </NextIntlClientProvider>,
  );
  const lines = html
    .split(/<\/?(?:div|p|h2|td|li)\b[^>]*>/)
    .map((line) => line.replace(/<[^>]+>/g, "").trim())
    .filter(Boolean);
  return { html, lines };
}

const LAW = "本协议的订立、履行和解释适用上海市的地方性法规，不考虑冲突规范。";
const PAYMENT = "付款期限为自开票之日起三十日。";
const END = "结尾段落说明其他事项和联系方式。";
const parts = (...all: string[]) => all.join("\n\n");

test("P41: a moved and reworded clause is one numbered change at two places that lead to each other", () => {
  const { html } = read(parts(LAW, PAYMENT, END), parts(PAYMENT, END, LAW.replace("上海", "北京")));
  expect(html.match(/id="[^"]*change[^"]*"/g)).toEqual(['id="change-1-from"', 'id="change-1"']);
  expect(html).toContain('href="#change-1"');
  expect(html).toContain('href="#change-1-from"');
  expect(html).toMatch(/<del[^>]*>上海市<\/del><ins[^>]*>北京市<\/ins>/);
  expect(html).not.toContain("/ 2");
});

test("the old and the new address of a link are said, and so is emphasis", () => {
  const link = read("见[说明](https://a.example/1)。", "见[说明](https://a.example/2)。");
  expect(link.html).toContain('<strong class="text-ink-soft">链接地址改变</strong>');
  expect(link.lines.join("")).toContain("链接由 https://a.example/1 改为 https://a.example/2");
  expect(link.html).not.toMatch(/<(?:del|ins)/);
  const bold = read("收集设备型号。", "收集**设备型号**。");
  expect(bold.html).toContain("仅字体强调改变");
  expect(bold.lines.join("")).toContain("设备型号（改为加粗）");
  expect(read("收集**型号**。", "收集型号。").lines.join("")).toContain("型号（不再加粗）");
});

test("a clause that was cut stands in its pieces, beside its whole in two columns", () => {
  const [one, two] = [LAW, PAYMENT];
  const { lines } = read(one + two, parts(one, two));
  expect(lines).toEqual(expect.arrayContaining(["拆分1 / 1", one, two]));
  const split = read(one + two, parts(one, two), { layout: "split" });
  expect(split.lines).toEqual(expect.arrayContaining([one + two, one, two]));
  expect(split.html).not.toMatch(/<(?:del|ins)/);
});

test("what only got another number is labelled, among the changes too", () => {
  const { lines } = read(`1. ${LAW}`, `1. ${PAYMENT}\n2. ${LAW}`);
  expect(lines).toContain("编号改变，原为 1.");
});

test("the chapter stands before the name of a section of it", () => {
  const text = (days: string) => `一、总则\n\n（一）期限\n\n保存${days}，到期后由系统自动删除。`;
  const { html } = read(text("六个月"), text("三个月"));
  expect(html.match(/<h2.*?<\/h2>/)?.[0].replace(/<[^>]+>/g, "")).toBe("一、总则 › （一）期限");
});

test("of a table only the changed rows stand in each column, a moved row at its own place", () => {
  const table = (...rows: string[]) => ["|信息|期限|", "|-|-|", ...rows].join("\n");
  const [model, log, name, net] = [
    "|设备型号|六个月|",
    "|崩溃日志|三十天|",
    "|头像和昵称|一年|",
    "|网络状态|一周|",
  ];
  const { html } = read(
    table(model, log, name, net),
    table(name, model, log.replace("三十", "九十"), net),
    {
      layout: "split",
    },
  );
  const [before = "", after = ""] = html.match(/<table.*?<\/table>/g) ?? [];
  const rows = (one: string) =>
    (one.match(/<tbody.*<\/tbody>/)?.[0].match(/<tr.*?<\/tr>/g) ?? []).map((row) =>
      row
        .replace(/<\/td>/g, " ")
        .replace(/<[^>]+>/g, "")
        .trim(),
    );
  expect(rows(before)).toEqual(["改动 崩溃日志 三十天", "移走 头像和昵称 一年"]);
  expect(rows(after)).toEqual(["移入 头像和昵称 一年", "改动 崩溃日志 九十天"]);
});

test("a long comparison is cut into pages, and a link to a change leads to its page", () => {
  const clauses = Array.from(
    { length: 90 },
    (_, i) => `第${i}号条款的期限为${i}天，自公布之日起计算。`,
  );
  const before = parsePolicyText(parts(...clauses, LAW));
  const after = parsePolicyText(parts(LAW, ...clauses.map((one) => one.replace("公布", "发布"))));
  const { entries } = comparePolicies(before, after);
  const second = renderToStaticMarkup(
    <NextIntlClientProvider locale="zh-CN" messages={MESSAGES["zh-CN"]} timeZone="Asia/Shanghai">
      <DiffView
        {...{ entries, onlyChanges: true, part: 2, href: at("/policies") }}
        lang="zh-CN"
        layout="inline"
      />
    </NextIntlClientProvider>,
  );
  expect(second.match(/id="change-/g)).toHaveLength(12);
  expect(second).toContain('id="change-1-from"');
  expect(second).toContain('href="/zh-CN/policies#change-1"');
  expect(second).toContain('href="#change-85"');
});

test("P41: a sentence another clause took up is struck out nowhere, and its two places lead to each other", () => {
  const sold = "不得以任何形式买卖或者出租账号名称。";
  const { html, lines } = read(parts(sold, LAW, PAYMENT, END), parts(LAW, PAYMENT, END + sold));
  expect(lines).toContain("移动移至：开头部分1 / 2下一处");
  expect(html).toContain('href="#change-2"');
  expect(html).toContain('href="#change-1"');
  expect(html.match(/data-word="(?:移走|移入|新增|删除)"/g)).toEqual([
    'data-word="移走"',
    'data-word="移入"',
  ]);
  expect(html).not.toContain("line-through");
});
