import { saveWay } from "@/domain/requests/save-way";

import type { Teller } from "./teller";

type Way = Parameters<typeof saveWay>[1];

const HANDLER = "jiang.yingxue@yunqiao.example";

const IN_APP = {
  "zh-CN": "在应用的“设置 → 账号与安全”里办理；应用里没有这一项的，再向我们提出。",
  en: "Do it in the app, under Settings → Account and security; ask us where the app has no such entry.",
};
const everywhere = { place: null, url: null } as const;

/** What the vendor's developers and their end users can do themselves. */
const WAYS: readonly Way[] = [
  {
    ...{ type: "delete", reader: "developer", place: null },
    url: "https://console.yunqiao.example/im/users",
    text: {
      "zh-CN": "在控制台的“用户管理”里按 UserID 删除，一次最多 100 个，当场生效。",
      en: "Delete by UserID under User management in the console, 100 at a time, at once.",
    },
  },
  {
    ...{ type: "delete", reader: "developer", place: "api" },
    url: "https://console.yunqiao.example/docs/account-delete",
    text: {
      "zh-CN": "由您的服务器调用账号删除接口。",
      en: "Call the account deletion interface from your server.",
    },
  },
  ...(["android", "ios"] as const).map((place): Way => ({
    ...{ type: "withdraw_consent", reader: "developer", place, url: null },
    text: {
      "zh-CN": "用户撤回同意后，在应用里调用 YQIM.shutdown()，SDK 不再收集。",
      en: "Once a user withdraws consent, call YQIM.shutdown() in the app: the SDK collects no more.",
    },
  })),
  { ...{ type: "delete", reader: "end_user", text: IN_APP }, ...everywhere },
  { ...{ type: "deregister_end_user", reader: "end_user", text: IN_APP }, ...everywhere },
  { ...{ type: "correct", reader: "end_user", text: IN_APP }, ...everywhere },
  ...(["android", "ios"] as const).map((place): Way => ({
    ...{ type: "withdraw_consent", reader: "end_user", place, url: null },
    text: {
      "zh-CN":
        place === "android"
          ? "在手机的“设置 → 应用 → 权限”里关掉不想给的权限，对应的功能随即停止。"
          : "在手机的“设置 → 隐私与安全性”里关掉不想给的权限，对应的功能随即停止。",
      en:
        place === "android"
          ? "Take back a permission under Settings → Apps → Permissions: the feature stops at once."
          : "Take back a permission under Settings → Privacy & Security: the feature stops at once.",
    },
  })),
];

export async function tellWays({ as, started }: Teller): Promise<void> {
  const ctx = await as(HANDLER, new Date(started.getTime() - 40 * 86_400_000));
  for (const way of WAYS) await saveWay(ctx, way);
}
