import { z } from "zod";

import { MEMBER_ROLES, type MemberRole } from "@/db/vocabulary/access";
import { type Platform, PLATFORMS, type Region, REGIONS } from "@/db/vocabulary/accounts";
import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { HOME_REGIONS, type HomeRegion } from "@/db/vocabulary/routes";
import { emailAddress } from "@/lib/email-address";

import { line } from "../input";
import {
  accountName,
  accountTags,
  tierWord,
  appName,
  personName,
  regionOf,
  SDK_VERSION,
  sdkAppId,
  uin,
} from "./input";
import { integrationProblem } from "./rules";

const ROLE_WORDS: Record<MemberRole, readonly string[]> = {
  owner: ["owner", "所有者", "账号所有者", "拥有者"],
  legal: ["legal", "法务", "法务代表"],
  member: ["member", "成员", "普通成员"],
  viewer: ["viewer", "只读成员", "只读", "查看者"],
};
const LOCALE_WORDS: Record<Locale, readonly string[]> = {
  "zh-CN": ["zh-cn", "zh", "中文", "简体中文", "chinese", ""],
  en: ["en", "en-us", "en-gb", "英文", "英语", "english"],
};
const REGION_WORDS: Record<Region | "blank", readonly string[]> = {
  blank: [""],
  cn: ["中国", "中国大陆", "中国内地", "china", "mainland", "chinese mainland"],
  sg: ["新加坡", "singapore"],
  kr: ["韩国", "首尔", "korea", "south korea", "seoul"],
  jp: ["日本", "东京", "japan", "tokyo"],
  in: ["印度", "孟买", "india", "mumbai"],
  de: ["德国", "法兰克福", "germany", "frankfurt"],
  us: ["美国", "硅谷", "united states", "usa"],
};
const HOME_WORDS: Record<HomeRegion, readonly string[]> = {
  cn: ["中国", "中国大陆", "中国内地", "china", "mainland china", "chinese mainland"],
  eea: ["欧洲经济区", "european economic area"],
  other: ["其他", "其他地区", "elsewhere"],
};
const YES = ["yes", "y", "true", "1", "是"];
const NO = ["no", "n", "false", "0", "否", ""];
const PLATFORM_WORDS: Partial<Record<Platform, readonly string[]>> = {
  harmony: ["harmonyos", "鸿蒙"],
  miniprogram: ["小程序", "微信小程序", "mini program", "mini-program"],
  web: ["h5", "网页"],
};

const fold = (cell: string) => cell.normalize("NFKC").trim().toLowerCase();

/** A cell that holds one of a closed list, by its code or by a word people use for it. */
function oneOf<Code extends string>(
  codes: readonly Code[],
  words: Partial<Record<Code, readonly string[]>>,
  problem: string,
) {
  return z.string().transform((cell, ctx) => {
    const typed = fold(cell);
    const code = codes.find((one) => one.toLowerCase() === typed || words[one]?.includes(typed));
    if (code !== undefined) return code;
    ctx.addIssue({ code: "custom", message: typed ? problem : "errors.field.required" });
    return z.NEVER;
  });
}

/** Null where the cell is blank: a known app keeps its region. */
const regionOrBlank = oneOf(
  ["blank", ...REGIONS],
  REGION_WORDS,
  "accounts.errors.csv.region",
).transform((region) => (region === "blank" ? null : region));

/** Nothing where the cell is blank: a known account keeps its tier. */
const tierOrBlank = z
  .string()
  .transform((cell) => (cell.trim() === "" ? undefined : cell))
  .pipe(tierWord.optional());

/** Likewise for tags; what stands in the cell takes the place of all that were there. */
const tagsOrBlank = z
  .string()
  .transform((cell) => (cell.trim() === "" ? undefined : cell))
  .pipe(accountTags.optional());

/** Likewise for where it is at home: a region or a country, by its code or by a word people use for it. */
const homeRegionOrBlank = z
  .string()
  .transform(fold)
  .transform((typed, ctx) => {
    if (typed === "") return undefined;
    const word = HOME_REGIONS.find((one) => HOME_WORDS[one].includes(typed));
    const region = word ?? regionOf(typed) ?? regionOf(typed.toUpperCase());
    if (region) return region;
    ctx.addIssue({ code: "custom", message: "accounts.errors.csv.homeRegion" });
    return z.NEVER;
  });

const yesOrNo = oneOf(["yes", "no"], { yes: YES, no: NO }, "accounts.errors.csv.yesNo").transform(
  (word) => word === "yes",
);

export type PlatformVersion = { platform: Platform; sdkVersion: string };

/** "android:8.1.0;ios:8.0.2": in the order of the vocabulary, each platform once. */
const platformList = z.string().transform((cell, ctx): PlatformVersion[] => {
  const parts = cell
    .normalize("NFKC")
    .split(/[;,、]/)
    .filter((part) => part.trim() !== "");
  const found = parts.map(readPlatform);
  const versions = new Map(found.flatMap((one) => (one ? [[one.platform, one.sdkVersion]] : [])));
  if (versions.size !== parts.length) {
    ctx.addIssue({ code: "custom", message: "accounts.errors.csv.platforms" });
    return z.NEVER;
  }
  return PLATFORMS.flatMap((platform) => {
    const sdkVersion = versions.get(platform);
    return sdkVersion ? [{ platform, sdkVersion }] : [];
  });
});

function readPlatform(part: string): PlatformVersion | null {
  const [, name = "", sdkVersion = ""] = /^(.+?)\s*[:=\s]\s*(\S+)$/.exec(part.trim()) ?? [];
  const typed = fold(name);
  const platform = PLATFORMS.find((one) => one === typed || PLATFORM_WORDS[one]?.includes(typed));
  return platform && SDK_VERSION.test(sdkVersion) ? { platform, sdkVersion } : null;
}

/** What a row of each file holds; a cell that says nothing usable is named by message key. */
export const ROW_SCHEMAS = {
  accounts: z.object({
    ...{ uin, name: accountName, tier: tierOrBlank, tags: tagsOrBlank },
    homeRegion: homeRegionOrBlank,
  }),
  apps: z
    .object({
      sdkAppId,
      uin,
      name: appName,
      product: line(100),
      region: regionOrBlank,
      apiOnly: yesOrNo,
      platforms: platformList,
    })
    .superRefine((app, ctx) => {
      const problem = integrationProblem(app);
      if (problem) ctx.addIssue({ code: "custom", message: problem, path: ["platforms"] });
    }),
  members: z.object({
    uin,
    email: emailAddress,
    name: personName,
    role: oneOf(MEMBER_ROLES, ROLE_WORDS, "accounts.errors.csv.role"),
    locale: oneOf(LOCALES, LOCALE_WORDS, "accounts.errors.csv.locale"),
  }),
};

/** Without a tier or a region where what it comes from says nothing of it; null where it says it has none. */
export type AccountRow = Pick<z.output<typeof ROW_SCHEMAS.accounts>, "uin" | "name"> & {
  tier?: string | null | undefined;
  homeRegion?: HomeRegion | null | undefined;
  /** Operations' own: nothing else says anything of them. */
  tags?: string[] | undefined;
};
export type AppRow = z.output<typeof ROW_SCHEMAS.apps>;
export type MemberRow = z.output<typeof ROW_SCHEMAS.members>;
