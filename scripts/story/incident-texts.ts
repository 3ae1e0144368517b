import type { Measure, NoticeParts, Texts } from "@/db/schema/incidents";
import type { openIncident } from "@/domain/incidents/open-incident";

export type IncidentFacts = Omit<Parameters<typeof openIncident>[1], "productId" | "ownerId">;

const MINUTE = 60_000;
export const CONTACT = "security@yunqiao.example";
export const OPEN = { occurredAt: null, containedAt: null, resolvedAt: null };

export const both = (chinese: string, english: string): Texts => ({
  "zh-CN": chinese,
  en: english,
});

/** A measure so many minutes from the moment it is told: taken before it, planned after it. */
export const measure = (from: Date, minutes: number, text: Texts): Measure => ({
  state: minutes < 0 ? "taken" : "planned",
  at: new Date(from.getTime() + minutes * MINUTE).toISOString(),
  text,
});

export const tokenCache = (discoveredAt: Date): IncidentFacts => ({
  ...OPEN,
  title: both(
    "Android SDK 令牌缓存可被其他应用读取",
    "Android SDK token cache readable by other apps",
  ),
  kind: "vulnerability",
  severity: "larger",
  visibility: "affected",
  publicSummary: {},
  discoveredAt: discoveredAt.toISOString(),
  dataKinds: both("登录令牌、最近登录时间", "Sign-in tokens, time of the last sign-in"),
  cause: both(
    "令牌缓存文件的访问权限过宽，同一设备上的其他应用可以读取。",
    "The file that caches tokens had too wide permissions: other apps on the same device could read it.",
  ),
  contact: CONTACT,
});

const TOKEN_ADVICE = [
  both("把 Android SDK 升级到 8.1.0 或更高版本。", "Upgrade the Android SDK to 8.1.0 or later."),
  both(
    "升级后的应用首次启动时，让用户重新登录一次，旧令牌随之失效。",
    "Have users sign in once more when the upgraded app first starts; old tokens become void.",
  ),
  both(
    "检查最近 30 天的异常登录，发现后联系我们。",
    "Look for unusual sign-ins in the last 30 days and contact us about any.",
  ),
];
const TOKEN_END_USERS = both(
  "请更新应用并重新登录。不需要修改密码。",
  "Please update the app and sign in again. There is no need to change a password.",
);

export const tokenCacheFirst = (at: Date): NoticeParts => ({
  title: both(
    "Android SDK 7.9–8.0 的令牌缓存可被其他应用读取",
    "Token cache of Android SDK 7.9–8.0 readable by other apps",
  ),
  situation: both(
    "Android SDK 7.9.0 至 8.0.2 把登录令牌缓存在一个权限过宽的文件里。同一设备上的其他应用可能读取令牌，并在令牌有效期内以该用户的身份收发消息。目前没有发现被利用的迹象。其他平台不受影响。",
    "Android SDK 7.9.0 to 8.0.2 cached sign-in tokens in a file with too wide permissions. Another app on the same device could read a token and, while it was valid, send and receive messages as that user. We have seen no sign of abuse. Other platforms are not affected.",
  ),
  measures: [
    measure(
      at,
      -25,
      both("已把新签发令牌的有效期缩短为 2 小时。", "New tokens are valid for 2 hours only."),
    ),
    measure(at, 240, both("发布修复版本 8.1.0。", "Release version 8.1.0 with the fix.")),
  ],
  adviceDevelopers: TOKEN_ADVICE.slice(1),
  adviceEndUsers: TOKEN_END_USERS,
  actionability: "required",
});

export const tokenCacheUpdate = (at: Date): NoticeParts => ({
  title: both(
    "修复版本 8.1.0 已发布，请尽快升级",
    "Version 8.1.0 with the fix is out: please upgrade",
  ),
  situation: both(
    "Android SDK 8.1.0 已发布，令牌缓存改为只有应用自身可以读取。7.9.0 至 8.0.2 签发的令牌已全部作废，影响不再扩大。仍然没有发现被利用的迹象。",
    "Android SDK 8.1.0 is out; its token cache can be read by the app alone. All tokens issued to 7.9.0 to 8.0.2 are void, so the incident spreads no further. There is still no sign of abuse.",
  ),
  measures: [
    measure(at, -90, both("已发布修复版本 8.1.0。", "Version 8.1.0 with the fix is released.")),
    measure(
      at,
      -60,
      both("已作废受影响版本签发的全部令牌。", "All tokens of the affected versions are void."),
    ),
    measure(
      at,
      3 * 24 * 60,
      both("核查最近 30 天的登录记录。", "Examine the sign-ins of the last 30 days."),
    ),
  ],
  adviceDevelopers: TOKEN_ADVICE,
  adviceEndUsers: TOKEN_END_USERS,
  actionability: "required",
});

export const tokenCacheFinal = (at: Date): NoticeParts => ({
  title: both("令牌缓存事件结案报告", "Final report on the token cache"),
  situation: both(
    "最近 30 天的登录记录已核查完毕，没有发现令牌被他人使用。原因是 7.9.0 改写缓存模块时沿用了测试环境的文件权限。8.1.0 已修复，并在发布流程中加入文件权限检查。",
    "The sign-ins of the last 30 days have been examined; no token was used by anybody else. When the cache was rewritten for 7.9.0, it kept the permissions of the test environment. 8.1.0 mends it, and releases are now checked for file permissions.",
  ),
  measures: [
    measure(
      at,
      -70,
      both(
        "已核查最近 30 天的登录记录，没有异常。",
        "The sign-ins of the last 30 days were examined: nothing unusual.",
      ),
    ),
    measure(
      at,
      -65,
      both("发布流程已加入文件权限检查。", "Releases are checked for file permissions."),
    ),
  ],
  adviceDevelopers: [
    both(
      "还在使用 7.9.0 至 8.0.2 的，请升级到 8.1.0 或更高版本。",
      "If you still use 7.9.0 to 8.0.2, upgrade to 8.1.0 or later.",
    ),
  ],
  adviceEndUsers: both(
    "请更新应用。更新后不需要做其他事。",
    "Please update the app. Nothing else needs to be done afterwards.",
  ),
  actionability: "may_be_required",
});

export const pushKey = (discoveredAt: Date): IncidentFacts => ({
  ...OPEN,
  title: both("一份服务端密钥出现在公开代码库", "A server key appeared in a public repository"),
  kind: "leak",
  severity: "major",
  visibility: "restricted",
  publicSummary: both(
    "一位开发者的服务端密钥可能已被他人看到。我们已停用该密钥，并联系了这位开发者。其他开发者不受影响。",
    "A developer's server key may have been seen by others. We have disabled it and contacted the developer. No other developer is affected.",
  ),
  discoveredAt: discoveredAt.toISOString(),
  dataKinds: both(
    "服务端接口密钥；没有涉及终端用户的信息",
    "A key of the server API; no information of end users",
  ),
  cause: both(
    "密钥随示例代码被提交到公开代码库。",
    "The key was committed to a public repository with sample code.",
  ),
  contact: CONTACT,
});

export const pushKeyFirst = (at: Date): NoticeParts => ({
  title: both("请更换服务端密钥", "Please replace your server key"),
  situation: both(
    "我们在一个公开代码库里发现了您的应用的服务端密钥。拿到它的人可以调用服务端接口，以您的应用的名义发送消息。我们已停用该密钥，停用前的调用记录里没有异常来源。",
    "We found your app's server key in a public repository. Whoever has it can call the server API and send messages in your app's name. We have disabled the key; until then no call came from an unusual source.",
  ),
  measures: [
    measure(at, -35, both("已停用该密钥。", "The key is disabled.")),
    measure(at, 24 * 60, both("把调用记录交给您核对。", "Hand you the record of calls to check.")),
  ],
  adviceDevelopers: [
    both(
      "在控制台生成新密钥，并更新服务端配置。",
      "Create a new key in the console and configure your servers with it.",
    ),
    both(
      "从公开代码库及其历史中删除旧密钥。",
      "Remove the old key from the repository and its history.",
    ),
  ],
  adviceEndUsers: both("终端用户不需要做任何事。", "End users need to do nothing."),
  actionability: "required",
});
