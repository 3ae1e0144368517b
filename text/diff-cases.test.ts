import { describe, expect, test } from "vitest";

import type { DiffEntry } from "./diff";
import { comparePolicies } from "./diff";
import { markdownOfPlainText } from "./plain-text";
import { parsePolicyText } from "./parse-text";
import { inlineText } from "./visible-text";
import type { Segment } from "./word-diff";

/** Faults that users of other software reported, and what is right; and further ones of their kinds. */

const SIGNS = { same: "", ins: "+", del: "-", restyled: "~" };
const written = (segments: Segment[]) =>
  segments.map(({ kind, inlines }) => SIGNS[kind] + inlineText(inlines) + SIGNS[kind]).join("");

/** One line per entry that is not simply unchanged: its kind, its number, its words with their marks. */
function line(entry: DiffEntry): string[] {
  const numbered = (one: { marker?: string | null } | undefined) => one?.marker ?? "";
  switch (entry.kind) {
    case "unchanged":
      return entry.isRenumbered
        ? [`renumbered ${numbered(entry.before as never)} ${numbered(entry.after as never)}`]
        : [];
    case "added":
    case "removed":
      return [`${entry.kind} ${wordsOf(entry.kind === "added" ? entry.after : entry.before)}`];
    case "split":
    case "merged":
      return [`${entry.kind} ${entry.parts.map(written).join(" | ")}`];
    case "moved":
      if (entry.at === "old") return [];
      return [`moved ${entry.change ? changed(entry.change) : wordsOf(entry.after)}`];
    case "changed":
      return [`${entry.nature} ${changed(entry.change)}`];
  }
}

function changed(change: Extract<DiffEntry, { kind: "changed" }>["change"]): string {
  if (change.kind === "text") return written(change.segments);
  const rows = change.rows.filter(({ kind }) => kind !== "unchanged");
  return rows.map(({ kind, cells }) => `${kind}: ${cells.map(written).join(" / ")}`).join("; ");
}

function wordsOf(clause: object): string {
  return "inlines" in clause ? inlineText(clause.inlines as never) : "";
}

const markdown = (before: string, after: string) =>
  comparePolicies(parsePolicyText(before), parsePolicyText(after)).entries.flatMap(line);
const text = (before: string, after: string) =>
  markdown(markdownOfPlainText(before), markdownOfPlainText(after));

const PREFACE = "前言部分说明本协议的目的和适用的范围。";
const LAW = "本协议的订立、履行和解释适用上海市的地方性法规，不考虑冲突规范。";
const PAYMENT = "付款期限为自开票之日起三十日。";
const END = "结尾段落说明其他事项和联系方式。";
const parts = (...all: string[]) => all.join("\n\n");

describe("moves", () => {
  test("a clause that moved and was reworded is one move with its edit", () => {
    const after = parts(PREFACE, PAYMENT, END, LAW.replace("上海", "北京"));
    expect(text(parts(PREFACE, LAW, PAYMENT, END), after)).toEqual([
      "moved 本协议的订立、履行和解释适用-上海市-+北京市+的地方性法规，不考虑冲突规范。",
    ]);
  });

  test("a move counts once", () => {
    const { counts } = comparePolicies(
      parsePolicyText(parts(PREFACE, LAW, PAYMENT, END)),
      parsePolicyText(parts(PREFACE, PAYMENT, END, LAW)),
    );
    expect(counts).toMatchObject({ moved: 1, added: 0, removed: 0, changed: 0 });
  });

  test("a list sorted anew pairs each item with itself", () => {
    const before = [
      "“协议”指本文件及其引用的全部条款、条件和通知。",
      "“服务”指我们提供的应用、软件、产品和服务。",
      "“用户”指访问或使用服务的个人、公司或组织，也包括代表其使用账号的人，用户须年满十三周岁。",
      "“我们”指云桥科技及其关联公司。",
      "“内容”指通过网站展示的文字、数据、文章、图片、软件和其他材料。",
    ];
    const [agreement = "", service = "", user = "", us = "", content = ""] = before;
    const after = [
      content.replace("的文字", "的代码、文字"),
      service.replace("。", "，包括测试版。"),
      us,
      agreement,
      user.replace("使用服务", "使用本服务"),
    ];
    const numbered = (items: string[]) => items.map((item, i) => `${i + 1}. ${item}`).join("\n");
    const lines = text(numbered(before), numbered(after));
    expect(lines).toHaveLength(5);
    expect(lines).toContain(
      "moved “内容”指通过网站展示的+代码、+文字、数据、文章、图片、软件和其他材料。",
    );
    expect(lines.filter((one) => /^(?:added|removed)/.test(one))).toEqual([]);
    for (const one of lines) expect(one).not.toMatch(/-.*(?:用户|内容|我们|协议).*-/);
  });

  test("a chapter that moved with its clauses keeps every clause", () => {
    const chapter = (title: string, ...clauses: string[]) => parts(`# ${title}`, ...clauses);
    const [a, b, c] = [
      chapter("总则", PREFACE, "本声明适用于全部产品和服务，另有约定的除外。"),
      chapter("法律", LAW),
      chapter("费用", PAYMENT, "逾期付款的，每日按万分之五支付违约金。"),
    ];
    expect(markdown(parts(a, b, c), parts(a, c, b))).toEqual(["moved 法律", `moved ${LAW}`]);
  });

  test("two clauses that changed places: the shorter moved", () => {
    expect(text(parts(PREFACE, LAW, PAYMENT, END), parts(PREFACE, PAYMENT, LAW, END))).toEqual([
      `moved ${PAYMENT}`,
    ]);
  });

  test("what is too short to be known again came and went", () => {
    expect(text(parts("SDK", LAW), parts(LAW, "SDK"))).toEqual(["removed SDK", "added SDK"]);
  });

  test("a clause between others of the same pattern is not taken for one of them", () => {
    const kept = (name: string, days: string) => `我们保存${name}的期限为${days}，到期后删除。`;
    expect(
      text(
        parts(kept("设备型号", "六个月"), kept("崩溃日志", "三十天"), kept("通讯录", "一天")),
        parts(kept("崩溃日志", "十五天"), kept("通讯录", "一天"), kept("设备型号", "六个月")),
      ).filter((one) => /^(?:added|removed)/.test(one)),
    ).toEqual([]);
  });
});

describe("splits and merges", () => {
  const ONE = "我们会收集设备型号、系统版本和网络状态，用于保障连接的稳定；";
  const TWO = "我们会收集崩溃日志，用于定位故障；";
  const THREE = "我们不会收集通讯录和短信内容。";

  test("a paragraph cut into items keeps its words unmarked", () => {
    expect(text(ONE + TWO + THREE, `1. ${ONE}\n2. ${TWO}\n3. ${THREE}`)).toEqual([
      `split ${ONE} | ${TWO} | ${THREE}`,
    ]);
  });

  test("items put together to a paragraph, likewise", () => {
    expect(text(`1. ${ONE}\n2. ${TWO}\n3. ${THREE}`, ONE + TWO + THREE)).toEqual([
      `merged ${ONE} | ${TWO} | ${THREE}`,
    ]);
  });

  test("a cut with an edit shows the edit alone, at its piece", () => {
    expect(
      text(
        parts(PREFACE, ONE + TWO, END),
        parts(PREFACE, ONE, TWO.replace("定位", "分析和定位"), END),
      ),
    ).toEqual([
      "split 我们会收集设备型号、系统版本和网络状态，用于保障连接的稳定； | 我们会收集崩溃日志，用于+分析和+定位故障；",
    ]);
  });

  test("a cut within a word", () => {
    const lines = text(
      "服务器会保存设备型号系统版本网络状态各一份",
      "服务器会保存设备型号系统\n版本网络状态各一份",
    );
    expect(lines).toEqual(["split 服务器会保存设备型号系统 | 版本网络状态各一份"]);
  });

  test("a piece that went, beside one that stayed, is a change of that one", () => {
    expect(text(ONE + TWO, ONE)).toEqual([`words ${ONE}-${TWO}-`]);
  });

  test("two unrelated clauses instead of one are no split", () => {
    expect(text(parts(PREFACE, ONE + TWO), parts(PREFACE, LAW, PAYMENT))).toEqual([
      `removed ${ONE}${TWO}`,
      `added ${LAW}`,
      `added ${PAYMENT}`,
    ]);
  });

  test("a bold word is kept bold through a cut", () => {
    expect(markdown(`${ONE}**${TWO}**`, parts(ONE, `**${TWO}**`))).toEqual([
      `split ${ONE} | ${TWO}`,
    ]);
  });
});

describe("links, emphasis, numbers", () => {
  test("the address of a link alone", () => {
    expect(
      markdown(
        "请见[隐私说明](https://example.com/a)了解。",
        "请见[隐私说明](https://example.com/b)了解。",
      ),
    ).toEqual(["link 请见~隐私说明~了解。"]);
  });

  test.each([
    [
      "a link that came",
      "请见隐私说明。",
      "请见[隐私说明](https://a.example)。",
      "link 请见~隐私说明~。",
    ],
    [
      "a link that went",
      "请见[隐私说明](https://a.example)。",
      "请见隐私说明。",
      "link 请见~隐私说明~。",
    ],
    ["bold that went", "收集**设备型号**。", "收集设备型号。", "emphasis 收集~设备型号~。"],
    [
      "bold for a part of it",
      "收集**设备型号**。",
      "收集**设备**型号。",
      "emphasis 收集设备~型号~。",
    ],
    ["struck out", "收集设备型号。", "收集~~设备型号~~。", "emphasis 收集~设备型号~。"],
    [
      "with other words, both are said",
      "收集**设备型号**六个月。",
      "收集设备型号三个月。",
      "words 收集~设备型号~-六个月-+三个月+。",
    ],
    [
      "a link and its words",
      "请见[隐私说明](https://a.example)。",
      "请见[隐私声明](https://b.example)。",
      "words 请见~隐私~-说明-+声明+。",
    ],
  ])("%s", (_, ...[before, after, expected]) => {
    expect(markdown(before, after)).toEqual([expected]);
  });

  test("an article came, the ones behind it are renumbered, with a blank behind 条 or without", () => {
    const articles = (blank: string, ...all: string[]) =>
      all.map((one, i) => `第${"一二三四五"[i] ?? ""}条${blank}${one}`).join("\n");
    const old = ["为保护个人信息，制定本规则。", "开发者应当取得同意。", "保存期限为六个月。"];
    const [first = "", ...rest] = old;
    for (const blank of ["", " ", "　"]) {
      expect(
        text(articles(blank, ...old), articles(blank, first, "受托方应当按约定处理。", ...rest)),
      ).toEqual([
        "added 受托方应当按约定处理。",
        "renumbered 第二条 第三条",
        "renumbered 第三条 第四条",
      ]);
    }
  });

  test("a reference within renumbered articles shows just its number", () => {
    const before =
      "第一条 收集的信息\n昵称、头像。\n第二条 使用的目的\n展示资料。\n第三条 保存期限\n依照第二条所述目的保存六个月。";
    const after =
      "第一条 收集的信息\n昵称、头像。\n第二条 委托处理\n受托方按约定处理。\n第三条 使用的目的\n展示资料。\n第四条 保存期限\n依照第三条所述目的保存六个月。";
    expect(text(before, after)).toEqual([
      "added 委托处理",
      "added 受托方按约定处理。",
      "renumbered 第二条 第三条",
      "renumbered 第三条 第四条",
      "words 依照-第二-+第三+条所述目的保存六个月。",
    ]);
  });

  test("numbers with their units, and punctuation, are changes of their own", () => {
    expect(
      text(
        "保存期限为 6 个月，上限 1,000,000 元，版本 7.9.5680。",
        "保存期限为 12 个月，上限 1,500,000 元，版本 7.9.5681。",
      ),
    ).toEqual([
      "words 保存期限为 -6-+12+ 个月，上限 -1,000,000-+1,500,000+ 元，版本 -7.9.5680-+7.9.5681+。",
    ]);
    expect(
      text(
        "收集设备型号,系统版本(包括补丁)和网络状态;用于保障。",
        "收集设备型号，系统版本（包括补丁）和网络状态；用于保障。",
      ),
    ).toEqual([
      "words 收集设备型号-,-+，+系统版本-(-+（+包括补丁-)-+）+和网络状态-;-+；+用于保障。",
    ]);
  });

  test("what went in a row stays in its order", () => {
    const before = "# 一\n\n甲节的内容。\n\n# 一点一\n\n乙节的说明。\n\n# 二\n\n丁节的结束。";
    expect(markdown(before, "# 一\n\n甲节的内容。\n\n# 二\n\n丁节的结束。")).toEqual([
      "removed 一点一",
      "removed 乙节的说明。",
    ]);
  });
});

describe("tables", () => {
  const table = (...rows: string[]) => ["|信息|目的|期限|", "|-|-|-|", ...rows].join("\n");
  const [model, log, name] = [
    "|设备型号|适配|六个月|",
    "|崩溃日志|排障|三十天|",
    "|昵称|展示|账号存续期|",
  ];

  test("a row that moved and one that changed", () => {
    expect(markdown(table(model, log, name), table(name, model.replace("六", "三"), log))).toEqual([
      "words arrived: 昵称 / 展示 / 账号存续期; changed: 设备型号 / 适配 / -六个月-+三个月+; left: 昵称 / 展示 / 账号存续期",
    ]);
  });

  test("a row that moved with another cell is one row", () => {
    const long = "|网络状态信息|用于保障连接的稳定|六个月|";
    expect(
      markdown(table(model, log, name, long), table(long.replace("六", "三"), model, log, name)),
    ).toEqual([
      "words arrived: 网络状态信息 / 用于保障连接的稳定 / -六个月-+三个月+; left: 网络状态信息 / 用于保障连接的稳定 / 六个月",
    ]);
  });

  test("a cell that became bold alone is emphasis", () => {
    expect(
      markdown(table(model, log), table(model.replace("设备型号", "**设备型号**"), log)),
    ).toEqual(["emphasis changed: ~设备型号~ / 适配 / 六个月"]);
  });

  test("a table that moved is one move", () => {
    expect(
      markdown(
        parts(table(model, log), PREFACE, LAW, PAYMENT, END),
        parts(PREFACE, LAW, PAYMENT, END, table(model, log)),
      ),
    ).toEqual(["moved "]);
  });
});

describe("a clause that stands whole in a longer one", () => {
  const long = "除付费账号外，您注销之后不能再登录，请先下载要保留的内容";
  const more =
    "；付费账号可以用到已付的期限届满，届满后自动注销，也可以提前注销，办法见控制台的账单页面";
  test("is that clause with more words, however many, and with fewer the other way", () => {
    const short = "您注销之后不能再登录，请先下载要保留的内容。";
    const [before, after] = [parts(PREFACE, short, END), parts(PREFACE, `${long}${more}。`, END)];
    expect(markdown(before, after)).toEqual([
      expect.stringMatching(
        /^words \+除付费账号外，\+您注销之后不能再登录，请先下载要保留的内容\+；.*\+。$/,
      ),
    ]);
    expect(markdown(after, before)).toEqual([expect.stringMatching(/^words -除付费账号外，-/)]);
  });

  test("of a list its entry stays that entry", () => {
    const list = (...items: string[]) => items.map((item) => `- ${item}`).join("\n");
    const before = list("Basic 2", "Basic 20", "Other");
    expect(
      markdown(
        before,
        list("Basic 2: liaisons of a billing team may also cancel", "Basic 20", "Other"),
      ),
    ).toEqual(["words Basic 2+: liaisons of a billing team may also cancel+"]);
  });

  test("but a word that begins another, or stands in any clause, is not taken for it", () => {
    const before = parts(PREFACE, "SDK 8", "设备", END);
    expect(
      markdown(
        before,
        parts(
          PREFACE,
          "SDK 80 的能力由另一份单独签署的文件说明，不在本协议之内",
          "另行约定设备的保管",
          END,
        ),
      ),
    ).toEqual([
      "removed SDK 8",
      "removed 设备",
      "added SDK 80 的能力由另一份单独签署的文件说明，不在本协议之内",
      "added 另行约定设备的保管",
    ]);
  });
});

test("a number written otherwise is no other number; one of another level is", () => {
  const [first, second] = ["所有数据均在境内保存。", "到期的数据按约定删除。"];
  expect(text(parts(`1、${first}`, `2、${second}`), parts(`1. ${first}`, `2. ${second}`))).toEqual(
    [],
  );
  expect(text(parts(`1、${first}`, `2、${second}`), parts(`2、${second}`))).toEqual([
    `removed ${first}`,
  ]);
});
