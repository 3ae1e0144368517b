import type { AddressRule } from "../channel";

/** A robot of a WeCom group (developer.work.weixin.qq.com/document/path/91770): 20 messages a minute; its key is in the address. */
export const wecomAddress: AddressRule = {
  fits: ({ pathname, searchParams }) =>
    pathname === "/cgi-bin/webhook/send" && Boolean(searchParams.get("key")),
  hosts: ["qyapi.weixin.qq.com"],
  example: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…",
  secret: "none",
  paceMs: 3_100,
  isRepeatable: false,
};
