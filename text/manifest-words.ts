import { plainHeader } from "@/lib/csv-lines";

/**
 * What a version lists, each as rows of the same columns: the personal information (P08), the system
 * permissions (P09, P52), and who gives, receives, processes or is shown it (P51). The first column of
 * `names` is what a row is about.
 */
export const MANIFEST_FIELDS = {
  information: [
    ...(["plan", "name", "purpose", "method", "permission"] as const),
    ...(["access", "platforms", "sdkVersions", "necessity"] as const),
  ],
  permissions: ["group", "name", "purpose", "platforms", "timing", "stops"],
  register: ["role", "name", "information", "purpose", "place", "contact"],
} as const;

export type ManifestPart = keyof typeof MANIFEST_FIELDS;
export type ManifestField<Part extends ManifestPart = ManifestPart> =
  (typeof MANIFEST_FIELDS)[Part][number];
export const MANIFEST_PARTS = ["information", "permissions", "register"] as const;

/** Who stands in a register, as the law tells them apart (PIPL 21, 23, 25). */
export const REGISTER_ROLES = ["source", "processor", "recipient", "disclosure"] as const;
export type RegisterRole = (typeof REGISTER_ROLES)[number];

type Words = readonly string[];

/** Heads of columns as vendors write them; a blank, a bracket and the case of letters do not count. */
export const HEADS: {
  [Part in ManifestPart]: Readonly<Record<ManifestField<Part> | "sensitive", Words>>;
} = {
  information: {
    plan: [
      "服务方案",
      "服务",
      "功能",
      "业务功能",
      "功能模块",
      "service plan",
      "service",
      "feature",
    ],
    name: [
      ...["信息", "个人信息", "个人信息类型", "个人信息种类", "信息类型", "信息种类"],
      ...["收集的信息", "收集的个人信息", "处理的个人信息", "个人信息字段"],
      ...["information", "personal information", "type of personal information", "data"],
      ...["type of information", "information type", "personal data", "data type"],
    ],
    purpose: [
      "目的",
      "处理目的",
      "使用目的",
      "收集目的",
      "用途",
      "purpose",
      "purpose of processing",
    ],
    method: [
      ...["方式", "处理方式", "收集方式", "how", "method", "method of processing"],
      "how it is processed",
    ],
    permission: [
      "权限",
      "申请的权限",
      "涉及的权限",
      "系统权限",
      "permission",
      "permissions",
      "permission requested",
    ],
    access: ["接入方式", "对接方式", "access", "access mode", "integration"],
    platforms: ["平台", "适用平台", "系统", "操作系统", "platform", "platforms"],
    sdkVersions: ["sdk版本", "版本", "适用版本", "sdk version", "sdk versions", "versions"],
    necessity: [
      ...["必要性", "必要性说明", "敏感个人信息处理的必要性说明", "敏感信息的必要性"],
      ...["need", "necessity", "why it is needed", "necessity of sensitive information"],
    ],
    sensitive: [
      "敏感",
      "是否敏感",
      "敏感个人信息",
      "是否敏感个人信息",
      "sensitive",
      "is sensitive",
    ],
  },
  permissions: {
    group: ["权限组", "所属权限组", "权限类别", "permission group", "group"],
    name: [
      ...["权限", "权限名称", "子权限", "子权限名称", "系统权限", "申请的权限"],
      ...["permission", "permission name", "permissions"],
    ],
    purpose: ["目的", "申请目的", "用途", "使用目的", "purpose", "why"],
    platforms: ["平台", "适用平台", "系统", "操作系统", "platform", "platforms"],
    timing: ["使用时机", "申请时机", "调用时机", "时机", "when it is used", "when", "when asked"],
    stops: [
      ...["关闭之后", "关闭后", "关闭后的影响", "拒绝后的影响", "关闭影响"],
      ...["when it is off", "when closed", "when denied", "what stops"],
    ],
    sensitive: ["敏感", "是否敏感", "sensitive", "is sensitive"],
  },
  register: {
    role: ["角色", "类别", "身份", "role"],
    name: [
      "名称",
      "主体",
      "公司名称",
      "第三方",
      "第三方名称",
      "第三方主体",
      "name",
      "party",
      "third party",
    ],
    information: [
      ...[
        "信息",
        "处理的信息",
        "提供的信息",
        "共享的信息",
        "涉及的信息",
        "个人信息种类",
        "个人信息类型",
      ],
      ...["information", "personal information", "data", "information shared"],
    ],
    purpose: ["目的", "处理目的", "使用目的", "共享目的", "用途", "purpose"],
    place: [
      ...["存储地点", "存储地域", "存储地", "所在地", "地点", "地域", "国家或地区"],
      ...["place of storage", "place", "location", "region", "stored in", "country"],
    ],
    contact: ["联系方式", "联系人", "隐私政策", "隐私政策链接", "contact", "privacy policy"],
    sensitive: ["敏感", "是否敏感", "sensitive"],
  },
};

/** Heads of a register's first column that say at once who all its rows are. */
export const ROLE_HEADS: Readonly<Record<RegisterRole, Words>> = {
  source: ["来源", "来源方", "信息来源", "提供方", "source", "provided by"],
  processor: [
    "受托方",
    "受托人",
    "受托处理者",
    "委托处理方",
    "服务商",
    "processor",
    "provider",
    "service provider",
  ],
  recipient: [
    "接收方",
    "接收者",
    "共享方",
    "共享对象",
    "合作方",
    "recipient",
    "shared with",
    "partner",
  ],
  disclosure: ["公开对象", "披露对象", "公开披露对象", "disclosed to"],
};

/** What a cell of a column of roles says. */
export const ROLE_WORDS: Readonly<Record<RegisterRole, Words>> = {
  source: [...ROLE_HEADS.source, "间接获取"],
  processor: [...ROLE_HEADS.processor, "委托处理", "委托"],
  recipient: [...ROLE_HEADS.recipient, "共享", "提供", "转让"],
  disclosure: [...ROLE_HEADS.disclosure, "公开", "公开披露", "披露", "disclosure"],
};

export const YES: Words = ["是", "敏感", "√", "✓", "yes", "y", "true", "sensitive"];

/** Platforms as they stand in tables and above them; `PLATFORMS` (db/vocabulary/accounts.ts) are their codes. */
export const PLATFORM_WORDS = {
  android: ["安卓", "android"],
  ios: ["ios", "ipados", "苹果"],
  harmony: ["鸿蒙", "harmonyos", "harmony"],
  web: ["网页", "web", "浏览器"],
  miniprogram: ["小程序", "mini program", "miniprogram"],
  windows: ["windows"],
  macos: ["macos", "mac os"],
  flutter: ["flutter"],
  unity: ["unity"],
} as const;
export type PlatformWord = keyof typeof PLATFORM_WORDS;

/**
 * Sensitive by law wherever it is processed (PIPL 28, GB/T 35273-2020 appendix B), in the words of
 * lists. A name that holds one of them is looked at before review.
 */
export const SENSITIVE_BY_LAW: Words = [
  ...[
    "人脸",
    "面部",
    "指纹",
    "虹膜",
    "声纹",
    "基因",
    "生物识别",
    "身份证",
    "护照",
    "银行卡",
    "银行账",
  ],
  ...[
    "支付账",
    "精确位置",
    "精准位置",
    "精准定位",
    "行踪轨迹",
    "病历",
    "健康",
    "宗教",
    "性取向",
    "未满十四周岁",
  ],
  ...[
    "facial",
    "fingerprint",
    "iris",
    "voiceprint",
    "genetic",
    "biometric",
    "passport",
    "bank card",
  ],
  ...["bank account", "precise location", "movement track", "medical", "health", "religio"],
];

const said = (words: Words, cell: string): boolean =>
  words.some((word) => plainHeader(word) === plainHeader(cell));

/** The column a head names in one part, or null. */
export function fieldOf<Part extends ManifestPart>(
  part: Part,
  head: string,
): ManifestField<Part> | "sensitive" | null {
  const known = HEADS[part] as Readonly<Record<string, Words>>;
  const field = Object.keys(known).find((name) => said(known[name] ?? [], head));
  return (field as ManifestField<Part> | "sensitive" | undefined) ?? null;
}

export const roleOfHead = (head: string): RegisterRole | null =>
  REGISTER_ROLES.find((role) => said(ROLE_HEADS[role], head)) ?? null;

export const roleOfCell = (cell: string): RegisterRole | null =>
  REGISTER_ROLES.find((role) => role === cell.trim() || said(ROLE_WORDS[role], cell)) ?? null;

export const isYes = (cell: string): boolean => said(YES, cell);

/** The platforms that words name, by their code. */
export function platformsIn(words: string): PlatformWord[] {
  const plain = words.normalize("NFKC").toLowerCase();
  return (Object.keys(PLATFORM_WORDS) as PlatformWord[]).filter((platform) =>
    PLATFORM_WORDS[platform].some((word) => plain.includes(word)),
  );
}
