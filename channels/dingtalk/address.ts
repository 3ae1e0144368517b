import type { AddressRule } from "../channel";

/** A custom robot of a DingTalk group (open.dingtalk.com, "自定义机器人接入"): 20 a minute, beyond that none for ten minutes. */
export const dingtalkAddress: AddressRule = {
  fits: ({ pathname, searchParams }) =>
    pathname === "/robot/send" && Boolean(searchParams.get("access_token")),
  hosts: ["oapi.dingtalk.com"],
  example: "https://oapi.dingtalk.com/robot/send?access_token=…",
  secret: "given",
  paceMs: 3_100,
  isRepeatable: false,
};
