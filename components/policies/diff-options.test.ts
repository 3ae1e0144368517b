import { expect, test } from "vitest";

import { comparePolicies, numberChanges } from "@/text/diff";
import { parsePolicyText } from "@/text/parse-text";

import { readDiffOptions } from "./diff-options";

const LONG = "聊天图片的默认保存期为三十天，到期后由系统自动删除，不再另行通知。";
const before = `# 一、总则\n\n${LONG}\n\n本声明适用于全部产品。\n\n# 二、附则\n\n自发布之日起施行。`;
const after = `# 一、总则\n\n本声明适用于全部产品和服务。\n\n# 二、附则\n\n自发布之日起施行。\n\n${LONG}`;

test("changes are numbered in reading order, and both places of a moved clause are one change", () => {
  const { entries, counts } = comparePolicies(parsePolicyText(before), parsePolicyText(after));
  const numbers = numberChanges(entries).flatMap(({ number }) => (number === null ? [] : [number]));

  expect(counts).toMatchObject({ changed: 1, moved: 1 });
  expect(numbers).toEqual([1, 2, 1]);
});

test("an address that asks for nothing, or for nonsense, shows the changes in one column", () => {
  const plain = { layout: "inline", onlyChanges: true, part: 1 };
  expect(readDiffOptions({})).toEqual(plain);
  expect(readDiffOptions({ layout: ["split"], view: "everything", part: "-1" })).toEqual(plain);
  expect(readDiffOptions({ layout: "split", view: "all", part: "3" })).toEqual({
    layout: "split",
    onlyChanges: false,
    part: 3,
  });
});
