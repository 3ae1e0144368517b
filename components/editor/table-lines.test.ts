import { expect, test } from "vitest";

import { cellsOf, cellSource, shownCell, withCell, withNewCell, withoutCell } from "./table-lines";

const words = (line: string) => cellsOf(line).map(({ from, to }) => line.slice(from, to));

test.each([
  ["| 类型 | 4G\\|5G |  |", ["类型", "4G\\|5G", ""]],
  ["类型|目的", ["类型", "目的"]],
  ["  | a | b", ["a", "b"]],
  ["||", [""]],
])("the cells of %s", (line, cells) => {
  expect(words(line)).toEqual(cells);
});

test("a cell's words change and nothing beside them does", () => {
  expect(withCell("|  类型  | 目的|", 0, "字段")).toBe("|  字段  | 目的|");
  expect(withCell("| 类型 ||", 1, "目的")).toBe("| 类型 | 目的 |");
  expect(withCell("类型|目的", 1, "用途")).toBe("类型|用途");
});

test("a row shorter than its head gets the cells it lacks", () => {
  expect(words(withCell("| a |", 2, "c"))).toEqual(["a", "", "c"]);
});

test("columns come and go", () => {
  const added = withNewCell("| a | b |", 0, "x");
  expect(words(added)).toEqual(["a", "x", "b"]);
  expect(words(withoutCell(added, 1))).toEqual(["a", "b"]);
  expect(words(withoutCell("| a | b |", 0))).toEqual(["b"]);
  expect(words(withoutCell("a | b", 0))).toEqual(["b"]);
  expect(words(withNewCell("a | b", 1, "c"))).toEqual(["a", "b", "c"]);
});

test("what is typed into a cell stays within it", () => {
  for (const shown of ["4G|5G", "型号\n系统", "a\\|b"])
    expect(words(`| ${cellSource(shown)} |`)).toHaveLength(1);
  expect(shownCell(cellSource("4G|5G\n两行"))).toBe("4G|5G\n两行");
});
