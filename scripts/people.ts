import type { MemberRole, StaffRole } from "@/db/vocabulary/access";
import type { Platform } from "@/db/vocabulary/accounts";
import type { Locale } from "@/db/vocabulary/languages";

type StaffMember = { email: string; name: string; roles: StaffRole[]; does: string };
type Developer = { email: string; name: string; uin: string; role: MemberRole; locale: Locale };

/** Who wrote the story's texts: a database that knows them has been told it. */
export const AUTHOR = "xu.mingheng@yunqiao.example";

/** Who approves what the author wrote. */
export const APPROVER = "shen.anlan@yunqiao.example";

/** The vendor's staff in the demo. Invented, like everything here. */
export const DEMO_STAFF: readonly StaffMember[] = [
  {
    email: AUTHOR,
    name: "许明衡",
    roles: ["author", "responder"],
    does: "起草 / drafts",
  },
  {
    email: APPROVER,
    name: "沈安澜",
    roles: ["approver"],
    does: "批准 / approves",
  },
  {
    email: "qiao.jingyi@yunqiao.example",
    name: "乔静一",
    roles: ["admin"],
    does: "管理账号 / manages accounts",
  },
  { email: "bai.shuo@yunqiao.example", name: "白朔", roles: ["auditor"], does: "审计 / audits" },
  {
    email: "he.xiaoman@yunqiao.example",
    name: "何小满",
    roles: ["support"],
    does: "客服 / supports",
  },
  {
    email: "jiang.yingxue@yunqiao.example",
    name: "江映雪",
    roles: ["handler"],
    does: "受理请求 / handles requests",
  },
  {
    email: "wen.ruqi@yunqiao.example",
    name: "闻如期",
    roles: ["handler"],
    does: "受理请求 / handles requests",
  },
];

export const DEMO_ACCOUNTS = [
  { uin: "100023847", name: "青禾网络" },
  { uin: "100031562", name: "鹿鸣教育" },
  { uin: "100044190", name: "Northwind Tides Ltd" },
  { uin: "100052218", name: "星渡物联" },
] as const;

type DemoApp = {
  sdkAppId: string;
  uin: string;
  name: string;
  platforms: Partial<Record<Platform, string>>;
  /** Its owner, and what they declared; of the others nothing was declared yet. */
  declared?: { by: string; minors?: Word[]; eea?: Word[] };
};
type Word = "yes" | "no";

export const DEMO_APPS: readonly DemoApp[] = [
  {
    sdkAppId: "1400001287",
    uin: "100023847",
    name: "轻语",
    platforms: { android: "8.1.0", ios: "8.1.0" },
    declared: {
      by: "lin.zhiyuan@qinghe.example",
      minors: ["yes", "no"],
      eea: ["no", "no", "no"],
    },
  },
  {
    sdkAppId: "1400001288",
    uin: "100023847",
    name: "青禾客服",
    platforms: { web: "3.4.2", miniprogram: "3.4.2" },
  },
  {
    sdkAppId: "1400002044",
    uin: "100031562",
    name: "鹿鸣课堂",
    platforms: { android: "7.9.1", ios: "8.0.0", windows: "7.9.0" },
    declared: { by: "lu.shiyu@luming.example", minors: ["yes", "yes", "yes"] },
  },
  {
    sdkAppId: "1400003310",
    uin: "100044190",
    name: "Tideline",
    platforms: { ios: "8.1.0", android: "8.0.2" },
    declared: {
      by: "mira.holt@northwind.example",
      minors: ["yes", "no"],
      eea: ["no", "yes", "yes"],
    },
  },
  { sdkAppId: "1400004077", uin: "100052218", name: "星渡网关", platforms: {} },
];

/** The developers in the demo, by account. One address bounces, so that the board shows it. */
export const DEMO_DEVELOPERS: readonly Developer[] = [
  {
    email: "lin.zhiyuan@qinghe.example",
    name: "林知远",
    uin: "100023847",
    role: "owner",
    locale: "zh-CN",
  },
  {
    email: "chen.ruochuan@qinghe.example",
    name: "陈若川",
    uin: "100023847",
    role: "legal",
    locale: "zh-CN",
  },
  {
    email: "song.yike@qinghe.example",
    name: "宋一可",
    uin: "100023847",
    role: "member",
    locale: "zh-CN",
  },
  {
    email: "lu.shiyu@luming.example",
    name: "陆诗雨",
    uin: "100031562",
    role: "owner",
    locale: "zh-CN",
  },
  {
    email: "bounce.fang@luming.example",
    name: "方既白",
    uin: "100031562",
    role: "member",
    locale: "zh-CN",
  },
  {
    email: "mira.holt@northwind.example",
    name: "Mira Holt",
    uin: "100044190",
    role: "owner",
    locale: "en",
  },
  {
    email: "jonas.vale@northwind.example",
    name: "Jonas Vale",
    uin: "100044190",
    role: "viewer",
    locale: "en",
  },
  {
    email: "gu.xingye@xingdu.example",
    name: "顾星野",
    uin: "100052218",
    role: "owner",
    locale: "zh-CN",
  },
];

/** Whom the demo's start lists, and what for. */
export const DEMO_PEOPLE = [
  ...DEMO_STAFF.map(({ name, email, does }) => ({ name, email, does })),
  ...DEMO_DEVELOPERS.filter(({ role }) => role === "owner").map(({ name, email, uin }) => ({
    name,
    email,
    does: `所有者 / owner, ${DEMO_ACCOUNTS.find((account) => account.uin === uin)?.name ?? uin}`,
  })),
];
