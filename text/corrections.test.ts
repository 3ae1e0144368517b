import { describe, expect, test } from "vitest";

import { correctionFault } from "./corrections";
import { parsePolicyText } from "./parse-text";

const TEXT = `# 一、收集

我们在您同意后收集**精确位置**和设备型号，保存30个工作日，用于消息推送的的送达。

1. 您可以在[设置](/zh-CN/rights)中关闭。
2. 我们不会向第三方提供您的手机号码。

| 信息 | 目的 |
| --- | --- |
| **精确位置** | 发送位置消息 |

统一由数据保护团队处里，自二〇二六年三月一日起。
`;
const fault = (change: (text: string) => string, names = ["精确位置", "设备型号"]) =>
  correctionFault(parsePolicyText(TEXT), parsePolicyText(change(TEXT)), names);
const swap = (from: string, to: string) => (text: string) => {
  if (!text.includes(from)) throw new Error(from);
  return text.replace(from, to);
};

describe("a slip that changes nothing may be put right", () => {
  test.each([
    ["的的送达", "的送达"],
    ["处里", "处理"],
    ["统一由", "统一交由"],
    ["用于消息推送", "用于消息的推送"],
  ])("%s → %s", (from, to) => {
    expect(fault(swap(from, to))).toBeNull();
  });

  test("English: a misspelt word", () => {
    const text = "We collect teh device model for 30 days.\n";
    const [before, after] = [text, text.replace("teh", "the")].map(parsePolicyText);
    expect(correctionFault(before ?? [], after ?? [], [])).toBeNull();
  });
});

describe("what changes the meaning is refused, with its place", () => {
  test.each([
    ["same", "处里", "处里"],
    ["emphasis", "**精确位置**和", "精确位置和"],
    ["emphasis", "收集**精确位置**和设备型号", "收集**精确位置和设备型号**"],
    ["links", "/zh-CN/rights", "/zh-CN/right"],
    ["numbers", "30个工作日", "3O个工作日"],
    ["numbers", "30个工作日", "30个自然日"],
    ["numbers", "三月一日", "三月二日"],
    ["terms", "设备型号，保存", "设备型，保存"],
    ["terms", "发送位置消息", "发送位置"],
    ["duties", "不会向", "会向"],
    ["duties", "您可以在", "您应当在"],
    ["duties", "同意后", "知悉后"],
    [
      "tooLong",
      "统一由数据保护团队处里",
      "统一由位于深圳的个人信息保护与数据安全管理部门来负责办理",
    ],
    ["structure", "2. 我们", "3. 我们"],
    ["structure", "\n统一由", "\n另起一段。\n\n统一由"],
    ["structure", "| **精确位置** | 发送位置消息 |\n", ""],
  ])("%s: %s → %s", (wanted, from, to) => {
    expect(fault(swap(from, to))?.fault).toBe(wanted);
  });

  test("it says where, and what stood there", () => {
    expect(fault(swap("30个工作日", "60个工作日"))).toEqual({
      fault: "numbers",
      place: "一、收集",
      words: "30个工作 → 60个工作",
    });
  });

  test("of a word that came or went it names that word alone", () => {
    expect(fault(swap("您可以在", "您在"))?.words).toBe("可以");
    expect(fault(swap("您可以在", "您不可以在"))?.words).toBe("不");
  });

  test("more places than slips are", () => {
    const lines = Array.from({ length: 11 }, () => "这里的的文字。");
    const [before, after] = [lines, lines.map((line) => line.replace("的的", "的"))].map((all) =>
      parsePolicyText(all.join("\n\n")),
    );
    expect(correctionFault(before ?? [], after ?? [], [])?.fault).toBe("tooMany");
  });
});
