import { describe, expect, test } from "vitest";

import { comparePolicies, type DiffEntry } from "./diff";
import { mergeInlines } from "./inlines";
import { parsePolicyText } from "./parse-text";
import { inlineText } from "./visible-text";
import { type Segment, segmentsText } from "./word-diff";

/** A sentence that a clause took up stands twice in the comparison and is at neither place new or gone. */

const SIGNS = { same: "", ins: "+", del: "-", restyled: "~" };

/** `<…<` went to another clause, `>…>` came from one. */
const written = (segments: Segment[]) =>
  segments
    .map((one) => {
      const moved = "isElsewhere" in one ? { ins: ">", del: "<" }[one.kind] : null;
      const sign = moved ?? SIGNS[one.kind];
      return `${sign}${inlineText(one.inlines)}${sign}`;
    })
    .join("");

function line(entry: DiffEntry): string[] {
  switch (entry.kind) {
    case "unchanged":
      return [];
    case "added":
    case "removed": {
      const clause = entry.kind === "added" ? entry.after : entry.before;
      const words = "inlines" in clause ? inlineText(clause.inlines) : clause.kind;
      return [`${entry.kind} ${entry.segments ? written(entry.segments) : words}`];
    }
    case "split":
    case "merged":
      return [`${entry.kind} ${entry.parts.map(written).join(" | ")}`];
    case "moved":
      if (entry.at === "old") return [];
      return [`moved ${entry.change ? changed(entry.change) : "the same"}`];
    case "changed":
      return [`changed ${changed(entry.change)}`];
  }
}

function changed(change: Extract<DiffEntry, { kind: "changed" }>["change"]): string {
  if (change.kind === "text") return written(change.segments);
  const rows = change.rows.filter(({ kind }) => kind !== "unchanged");
  return rows.map(({ kind, cells }) => `${kind}: ${cells.map(written).join(" / ")}`).join("; ");
}

const parts = (...all: string[]) => all.join("\n\n");
const compare = (before: string, after: string) =>
  comparePolicies(parsePolicyText(before), parsePolicyText(after));
const lines = (before: string, after: string) => compare(before, after).entries.flatMap(line);

const PREFACE = "前言部分说明本协议的目的和适用的范围，并列出双方的名称和地址。";
const LAW = "本协议的订立、履行和解释适用上海市的地方性法规，不考虑冲突规范所指的其他法律。";
const PAYMENT = "付款期限为自开票之日起三十日，以银行转账的方式付至指定账户。";
const KEPT = "设备型号和系统版本保存六个月，到期后由系统自动删除，备份同时清除。";
const END = "结尾段落说明其他事项和联系方式。";
const SOLD = "不得以任何形式买卖账号名称。";

describe("a sentence taken up by a clause that moved", () => {
  const moved = [`moved ${LAW}>${SOLD}>`, `removed <${SOLD}<`].toSorted();
  test.each([
    ["stood behind it", parts(PREFACE, LAW, PAYMENT, KEPT, SOLD, END)],
    ["stood before it", parts(SOLD, PREFACE, LAW, PAYMENT, KEPT, END)],
  ])("%s", (_, before) => {
    const after = parts(PREFACE, PAYMENT, KEPT, END, LAW + SOLD);
    expect(lines(before, after).toSorted()).toEqual(moved);
    expect(compare(before, after).counts).toMatchObject({ moved: 2, removed: 0, added: 0 });
  });

  test("and reworded: the sentence is whole beside the edit", () => {
    const after = parts(PREFACE, PAYMENT, KEPT, END, SOLD + LAW.replace("上海市", "北京市"));
    expect(lines(parts(PREFACE, LAW, PAYMENT, KEPT, SOLD, END), after)).toEqual([
      `removed <${SOLD}<`,
      `moved >${SOLD}>本协议的订立、履行和解释适用-上海市-+北京市+的地方性法规，不考虑冲突规范所指的其他法律。`,
    ]);
  });

  test("the other way about: a sentence of one that moved became a clause", () => {
    const before = parts(PREFACE, LAW + SOLD, PAYMENT, KEPT, END);
    const after = parts(PREFACE, SOLD, PAYMENT, KEPT, END, LAW);
    expect(lines(before, after).toSorted()).toEqual(
      [`added >${SOLD}>`, `moved ${LAW}<${SOLD}<`].toSorted(),
    );
  });
});

describe("taken up elsewhere", () => {
  const [one, two] = ["未满十四周岁的用户须有监护人同意。", "监护人可以随时撤回已经作出的同意。"];

  test("a clause split over two others, none of its words gone", () => {
    const before = parts(PREFACE, one + two, PAYMENT, KEPT, END);
    const after = parts(PREFACE + one, PAYMENT, KEPT + two, END);
    expect(lines(before, after)).toEqual([
      `changed ${PREFACE}>${one}>`,
      `removed <${one}${two}<`,
      `changed ${KEPT}>${two}>`,
    ]);
    const { entries, counts } = compare(before, after);
    expect(counts).toMatchObject({ changed: 2, moved: 1, removed: 0 });
    const at = entries.findIndex(({ kind }) => kind === "removed");
    const places = entries[at]?.others?.map(({ entry }) => entries[entry]?.kind);
    expect(places).toEqual(["changed", "changed"]);
    for (const { kind, others } of entries)
      if (kind === "changed") expect(others).toEqual([{ at: "old", entry: at }]);
  });

  test("two clauses put into one that stayed", () => {
    const before = parts(one, PREFACE, PAYMENT, two, KEPT, END);
    const after = parts(PREFACE, PAYMENT, KEPT, END + one + two);
    expect(lines(before, after)).toEqual([
      `removed <${one}<`,
      `removed <${two}<`,
      `changed ${END}>${one}${two}>`,
    ]);
  });

  test("into an entry of a list, and out of one", () => {
    const list = (...items: string[]) => items.map((item) => `- ${item}`).join("\n");
    const before = parts(one, PREFACE, list(PAYMENT, KEPT), END);
    const after = parts(PREFACE, list(PAYMENT, KEPT + one), END);
    expect(lines(before, after)).toEqual([`removed <${one}<`, `changed ${KEPT}>${one}>`]);
    expect(lines(after, before)).toEqual([`added >${one}>`, `changed ${KEPT}<${one}<`]);
  });

  test("into a cell, and out of one", () => {
    const table = (cell: string) => `|信息|说明|\n|-|-|\n|设备型号|${cell}|\n|崩溃日志|用于排障|`;
    const before = parts(PREFACE, one, PAYMENT, table("用于适配界面。"), END);
    const after = parts(PREFACE, PAYMENT, table(`用于适配界面。${one}`), END);
    expect(lines(before, after)).toEqual([
      `removed <${one}<`,
      `changed changed: 设备型号 / 用于适配界面。>${one}>`,
    ]);
    expect(lines(after, before)).toEqual([
      `added >${one}>`,
      `changed changed: 设备型号 / 用于适配界面。<${one}<`,
    ]);
  });

  test("a sentence with another sign at its end shows the sign alone", () => {
    const before = parts(`${one.slice(0, -1)}；`, PREFACE, PAYMENT, KEPT, END);
    const after = parts(PREFACE, PAYMENT, KEPT, END + one);
    expect(lines(before, after)).toEqual([
      `removed <${one.slice(0, -1)}<-；-`,
      `changed ${END}>${one.slice(0, -1)}>+。+`,
    ]);
  });

  test("in English the blank between sentences is no change, and 7.9 ends none", () => {
    const [sold, kept] = [
      "Names may not be sold, bought or reserved.",
      "SDK 7.9 keeps its logs for thirty days on the device.",
    ];
    const rest = "It sends nothing to anybody, and it asks for no permission of the device at all.";
    const before = parts(sold, PREFACE, `${kept} ${rest}`, PAYMENT, `${LAW}${END}`);
    const after = parts(PREFACE, `${sold} ${rest}`, PAYMENT, `${LAW}${END} ${kept}`);
    expect(lines(before, after)).toEqual([
      `removed <${sold}<`,
      `changed <${kept} <>${sold} >${rest}`,
      `changed ${LAW}${END}> ${kept}>`,
    ]);
  });

  test("bold and links go with their sentence, and both texts are rebuilt to the letter", () => {
    const marked = "不得**买卖**账号名称，见[规则](https://a.example)的第三条。";
    const before = parts(marked, PREFACE, PAYMENT, KEPT);
    const after = parts(PREFACE, PAYMENT, KEPT + marked);
    const { entries } = compare(before, after);
    const segments = entries.flatMap((entry) =>
      entry.kind === "changed" && entry.change.kind === "text" ? entry.change.segments : [],
    );
    expect(mergeInlines(segments.flatMap(({ inlines }) => inlines))).toEqual(
      (parsePolicyText(KEPT + marked)[0] as { inlines: unknown }).inlines,
    );
    expect(segmentsText(segments, "before")).toBe(KEPT);
  });

  test("of two halves that say the same, the one beside what came is the one that came", () => {
    const about = (data: string) =>
      `我们会收集${data}，用于保障连接稳定；相关信息保存六个月，到期后删除。`;
    const [log, model] = [about("崩溃日志和错误代码"), about("设备型号")];
    const before = parts(model, PREFACE, PAYMENT, log, KEPT, END);
    expect(lines(before, parts(PREFACE, PAYMENT, log + model, KEPT, END))).toEqual([
      `removed <${model}<`,
      `changed ${log}>${model}>`,
    ]);
    expect(lines(before, parts(PREFACE, PAYMENT, model + log, KEPT, END))).toEqual([
      `removed <${model}<`,
      `changed >${model}>${log}`,
    ]);
  });

  test("a sentence that stands in both wordings of a clause is not another's, nor is a short one", () => {
    const before = parts(PREFACE + one, PAYMENT, `${KEPT}详见附件。`, END);
    const after = parts(`${PREFACE}${one}${two}`, `${PAYMENT}详见附件。`, KEPT, END);
    expect(lines(before, after)).toEqual([
      `changed ${PREFACE}${one}+${two}+`,
      `changed ${PAYMENT}+详见附件。+`,
      `changed ${KEPT}-详见附件。-`,
    ]);
  });
});

describe(
  "the worst texts there are do not keep who compares them waiting",
  { timeout: 20_000 },
  () => {
    test("a row of dots after which no sentence begins", () => {
      const dots = ".".repeat(40_000);
      const [kind] = compare(`${LAW}${dots}x`, `${PAYMENT}${dots}y`).entries;
      expect(kind).toBeDefined();
    });

    test("thousands of sentences of one clause that another took up", () => {
      const one = (index: number) => `这一条说的是第${index}件别的事情，与其他各条都不相同。`;
      const moved = Array.from({ length: 5_000 }, (_, index) => one(index)).join("");
      const other = "x".repeat(moved.length * 3);
      const compared = compare(parts(`${PREFACE}${moved}`, "短"), parts(END, `${other}。${moved}`));
      expect(compared.entries.flatMap(line).some((words) => words.includes(`>${moved}>`))).toBe(
        true,
      );
    });
  },
);
