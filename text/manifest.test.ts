import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

import { inRoot } from "@/lib/paths";

import { manifestOf, NO_ROWS } from "./manifest";
import { compareManifests, contradictions, namesOf } from "./manifest-diff";
import { parsePolicyText } from "./parse-text";

const demo = (name: string) =>
  manifestOf(parsePolicyText(readFileSync(inRoot("scripts", "demo-texts", `${name}.md`), "utf8")));
const of = (markdown: string) => manifestOf(parsePolicyText(markdown));

describe("the lists of a text (P08, P09, P51, P52)", () => {
  const guide = demo("im-privacy-guide-3.2.zh-CN");

  test("P08: rows of personal information with purpose, method and need; what is bold is sensitive", () => {
    expect(guide.information).toHaveLength(7);
    expect(guide.information[4]).toMatchObject({
      name: "语音内容",
      purpose: "发送语音消息、语音转文字",
      method: "终端用户按住录音键时采集",
      necessity: "可选",
      sensitive: true,
    });
    expect(guide.information[0]).toMatchObject({ sensitive: false, plan: "", permission: "" });
  });

  test("P09, P52: permissions by platform, each with what stops when it is closed", () => {
    expect(guide.permissions[1]).toMatchObject({
      name: "麦克风",
      platforms: "安卓、iOS、鸿蒙",
      stops: "不能发送语音消息",
      sensitive: true,
    });
  });

  test("P51: who processes what, and why; a head names the role of all rows", () => {
    expect(guide.register.map(({ role, name }) => `${role} ${name}`)).toEqual([
      "processor 磐石数据中心",
      "processor 远岫语音技术",
      "processor 手机厂商的推送服务",
    ]);
    const roles = of(
      "| 类别 | 名称 | 提供的信息 | 存储地点 |\n|---|---|---|---|\n| 共享 | 甲 | 标识 | 上海 |\n|  | 乙 | 标识 | 新加坡 |\n| 来源 | 丙 | 标识 | |\n",
    ).register;
    expect(roles.map(({ role, place }) => [role, place])).toEqual([
      ["recipient", "上海"],
      ["recipient", "新加坡"],
      ["source", ""],
    ]);
  });

  test("the English text has as many rows, marked alike", () => {
    const english = demo("im-privacy-guide-3.2.en");
    for (const part of ["information", "permissions", "register"] as const)
      expect(english[part].map(({ sensitive }) => sensitive)).toEqual(
        guide[part].map(({ sensitive }) => sensitive),
      );
  });

  test("columns as the industry's guides name them, blank cells below a service plan, platforms above the table", () => {
    const read = of(
      [
        "| 服务方案 | 个人信息类型 | 处理目的 | 处理方式 | 申请的权限 | 接入方式 | 敏感个人信息处理的必要性说明 |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        "| IM SDK | 网络连接状态 | 用于连网优化 | 调用系统 API | 网络访问权限 | SDK | 重连 |",
        "|  | 设备型号 | 离线推送 | 调用系统 API |  | SDK | 判断通道 |",
        "",
        "Android 系统权限申请表",
        "",
        "| 所属权限组 | 子权限名称 | 申请目的 |",
        "| --- | --- | --- |",
        "| 网络权限 | 获取网络连接状态 | 用于长连接连网优化 |",
      ].join("\n"),
    );
    expect(read.information.map(({ plan, permission }) => [plan, permission])).toEqual([
      ["IM SDK", "网络访问权限"],
      ["IM SDK", ""],
    ]);
    expect(read.permissions).toMatchObject([
      { group: "网络权限", name: "获取网络连接状态", platforms: "Android" },
    ]);
  });

  test("tables of periods and of modules are no lists", () => {
    const table = (head: string) =>
      of(`${head}\n|${"---|".repeat(head.split("|").length - 2)}\n| a | b | c |\n`);
    for (const head of [
      "| 信息 | 保存期限 | 地点 |",
      "| 模块 | 默认 | 涉及的信息 |",
      "| 名称 | 价格 | 数量 |",
    ])
      expect(Object.values(table(head)).flat()).toEqual([]);
  });
});

describe("lists compared by what they mean", () => {
  const list = (rows: string[]) =>
    of(["| 信息 | 目的 | 权限 |", "|---|---|---|", ...rows].join("\n"));

  test("P08: what is collected anew is told by its name, whatever stands in one cell with it", () => {
    const changes = compareManifests(
      list(["| 昵称、头像地址 | 展示 | |"]),
      list(["| 昵称、性别、头像地址 | 展示 | |"]),
    );
    expect(changes).toMatchObject([{ part: "information", kind: "added", name: "性别" }]);
  });

  test("P11: the same lists in another order, and a cell that leaves permissions to their list, contradict nothing", () => {
    const own = list(["| 位置、型号 | 适配 | 定位、网络 |", "| **昵称** | 展示 | |"]);
    const sorted = ["| **昵称** | 给好友看 | 存储 |", "| 型号 | 适配 | 网络、定位 |"];
    const place = "| 位置 | 发送 | 网络；定位。 |";
    expect(contradictions(own, list([...sorted, place]))).toEqual([]);
    expect(contradictions(own, NO_ROWS)).toEqual([]);
    expect(contradictions(own, null)).toEqual([]);
    const plainer = list(["| 昵称 | 展示 | |", "| 位置、型号 | 适配 | 定位、网络 |"]);
    expect(contradictions(own, plainer)).toEqual(["昵称"]);
    expect(contradictions(own, list(sorted))).toEqual(["位置"]);
  });

  test("no longer collected, another purpose, another permission, sensitive now", () => {
    const changes = compareManifests(
      list(["| 位置 | 发送位置 | 定位 |", "| 通讯录 | 找朋友 | |", "| 型号 | 适配 | |"]),
      list(["| 型号 | 适配和广告 | |", "| **位置** | 发送位置 | 精确定位 |"]),
    );
    expect(changes.map(({ kind, name, fields }) => [kind, name, fields])).toEqual([
      ["changed", "型号", [{ field: "purpose", before: "适配", after: "适配和广告" }]],
      [
        "changed",
        "位置",
        [
          { field: "permission", before: "定位", after: "精确定位" },
          { field: "sensitive", before: "", after: "sensitive" },
        ],
      ],
      ["removed", "通讯录", []],
    ]);
  });

  test("order, layout in rows, width and a full stop are no change", () => {
    const before = list(["| 昵称、头像 | 展示。 | |", "| 型号 | 适配 | |"]);
    const after = list(["| 型号 | 适配 | |", "| 头像 | 展示 | |", "| 昵称 | 展示 | |"]);
    expect(compareManifests(before, after)).toEqual([]);
    expect(compareManifests(before, before)).toEqual([]);
  });

  test("P51: a new recipient and another place of storage", () => {
    const register = (rows: string[]) =>
      of(["| 接收方 | 共享的信息 | 存储地点 |", "|---|---|---|", ...rows].join("\n"));
    const changes = compareManifests(
      register(["| 甲 | 标识 | 上海 |"]),
      register(["| 甲 | 标识 | 新加坡 |", "| 乙公司 | 标识 | 上海 |"]),
    );
    expect(changes).toMatchObject([
      { kind: "changed", name: "甲", fields: [{ field: "place", after: "新加坡" }] },
      { kind: "added", name: "乙公司", role: "recipient" },
    ]);
  });

  test("the demo's change: a new kind of information and a new processor", () => {
    const changes = compareManifests(
      demo("im-privacy-guide-3.1.zh-CN"),
      demo("im-privacy-guide-3.2.zh-CN"),
    );
    expect(changes.map(({ part, kind, name }) => [part, kind, name])).toEqual([
      ["information", "added", "厂商通道标识"],
      ["permissions", "added", "通知"],
      ["register", "added", "手机厂商的推送服务"],
    ]);
  });

  test.each([
    ["用户标识、昵称，头像", ["用户标识", "昵称", "头像"]],
    ["User ID, nickname and avatar address", ["User ID", "nickname", "avatar address"]],
    ["网络状态（WiFi、4G）、型号", ["网络状态（WiFi、4G）", "型号"]],
    ["昵称、昵称", ["昵称"]],
  ])("%s", (cell, names) => expect(namesOf(cell)).toEqual(names));
});
