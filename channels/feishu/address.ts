import type { AddressRule } from "../channel";

/** A custom robot of a Feishu or Lark group (open.feishu.cn, "自定义机器人使用指南"): 100 a minute, 5 a second. */
export const feishuAddress: AddressRule = {
  fits: ({ pathname }) => /^\/open-apis\/bot\/v2\/hook\/[\w-]+$/.test(pathname),
  hosts: ["open.feishu.cn", "open.larksuite.com"],
  example: "https://open.feishu.cn/open-apis/bot/v2/hook/…",
  secret: "given",
  paceMs: 650,
  isRepeatable: false,
};
