import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import { MESSAGES } from "@/messages";
import type { Inline } from "@/text/blocks";
import { compareTables } from "@/text/table-diff";

import { DiffTable } from "./diff-table";

const words = (text: string): Inline[] => [{ kind: "text", text }];
const table = (...lines: string[]) => {
  const [head = [], ...rows] = lines.map((line) => line.split(" ").map(words));
  return { head, rows };
};
const BEFORE = table("信息 用途", "设备型号 适配", "网络类型 排障", "日志 排障");
const AFTER = table("信息 用途", "设备型号 适配", "网络类型 统计", "推送标识 推送", "日志 排障");
const change = compareTables(BEFORE, AFTER);

function read(props: Omit<Parameters<typeof DiffTable>[0], "change">) {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="zh-CN" messages={MESSAGES["zh-CN"]} timeZone="Asia/Shanghai">
      <DiffTable change={change} {...props} />
    </NextIntlClientProvider>,
  );
  const rows = html.match(/<tbody.*<\/tbody>/)?.[0].match(/<tr.*?<\/tr>/g) ?? [];
  return {
    html,
    rows: rows.map((row) =>
      row
        .replace(/<\/td>/g, " ")
        .replace(/<[^>]+>/g, "")
        .trim(),
    ),
  };
}

test("a table of which only the changes are asked for leaves out the rows that stayed, and counts them", () => {
  const { html, rows } = read({ onlyChanges: true });
  expect(rows).toEqual(["改动 网络类型 排障统计", "新增 推送标识 推送"]);
  expect(html).toContain("其余 2 行没有变化");
});

test("the whole table has every row and no such count", () => {
  const { html, rows } = read({ onlyChanges: false });
  expect(rows).toHaveLength(4);
  expect(html).not.toContain("其余");
});

test("each side of a comparison has its own words and rows alone", () => {
  expect(read({ onlyChanges: true, side: "before" }).rows).toEqual(["改动 网络类型 排障"]);
  expect(read({ onlyChanges: true, side: "after" }).rows).toEqual([
    "改动 网络类型 统计",
    "新增 推送标识 推送",
  ]);
});

test("on a phone every cell is named by its column", () => {
  expect(read({ onlyChanges: true }).html.match(/data-label="用途"/g)).toHaveLength(2);
});
