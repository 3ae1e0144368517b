import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { appPlatforms, apps, contacts, type Notice, notices, users } from "@/db/schema";
import type { AudienceRule, NoticeParts, Texts } from "@/db/schema/incidents";
import type { WavePlan } from "@/db/schema/waves";
import type { ContactKind, Platform, Region } from "@/db/vocabulary/accounts";
import {
  type IncidentKind,
  PLANS,
  type Severity,
  type Visibility,
} from "@/db/vocabulary/incidents";
import type { Context, Person } from "@/domain/context";
import { draftAnnouncement, draftNotice } from "@/domain/incidents/draft-notice";
import { editNotice } from "@/domain/incidents/edit-notice";
import { explainNotice } from "@/domain/incidents/explain-notice";
import { listNoticeChecks } from "@/domain/incidents/notice-checks";
import { openIncident } from "@/domain/incidents/open-incident";
import { approveNotice } from "@/domain/incidents/review-notice";
import { setAudience } from "@/domain/incidents/set-audience";
import { settleStep } from "@/domain/incidents/settle-step";
import { submitNotice } from "@/domain/incidents/submit-notice";

import { acting } from "./context";
import { givenAccount, givenMember, givenProduct, givenStaff } from "./people";

export type NoticeDesk = { author: Person; approver: Person; productId: string };

/** A product, somebody who writes and somebody who approves. */
export async function givenNoticeDesk(): Promise<NoticeDesk> {
  const product = await givenProduct();
  return {
    author: await givenStaff("author"),
    approver: await givenStaff("approver"),
    productId: product.id,
  };
}

/** When things happen, unless a test says otherwise; Beijing's clock. */
export const NOTICE_DAY = {
  discovered: "2026-11-20 09:00",
  opened: "2026-11-20 09:20",
  written: "2026-11-20 09:40",
  approved: "2026-11-20 09:50",
};

type IncidentWish = {
  /** Stands in every text but the public summary. */
  mark?: string;
  visibility?: Visibility;
  severity?: Severity;
  kind?: IncidentKind;
  at?: string;
  isRehearsal?: boolean;
};

/** What the form of an incident sends. */
export function incidentForm(desk: NoticeDesk, wish: IncidentWish = {}) {
  const { visibility = "affected", severity = "larger", kind = "vulnerability", mark = "" } = wish;
  return {
    ...(wish.isRehearsal && { isRehearsal: true }),
    productId: desk.productId,
    title: {
      "zh-CN": `Android SDK 令牌缓存泄露${mark}`,
      en: `Android SDK token cache leak${mark}`,
    },
    kind,
    severity,
    visibility,
    publicSummary: visibility === "restricted" ? { "zh-CN": "部分应用受到影响，正在处理。" } : {},
    occurredAt: null,
    discoveredAt: "2026-11-20T09:00:00+08:00",
    containedAt: null,
    resolvedAt: null,
    dataKinds: { "zh-CN": `登录令牌${mark}` },
    cause: { "zh-CN": `缓存文件的权限过宽。${mark}` },
    contact: "security@yunqiao.example",
    ownerId: desk.author.id,
  };
}

/** What the form of an incident sends when it is edited. */
export function editForm(
  desk: NoticeDesk,
  { id, revision = 1 }: { id: string; revision?: number },
  wish: IncidentWish = {},
) {
  return { incidentId: id, revision, ...incidentForm(desk, wish) };
}

/** An incident as its author has just opened it. */
export const givenIncident = (desk: NoticeDesk, wish: IncidentWish = {}) =>
  openIncident(acting(desk.author, wish.at ?? NOTICE_DAY.opened), incidentForm(desk, wish));

/** The same parts with a mark in every text. */
export function markedParts(mark: string): NoticeParts {
  const marked = (texts: Texts): Texts =>
    Object.fromEntries(Object.entries(texts).map(([locale, text]) => [locale, `${text}${mark}`]));
  return {
    title: marked(PARTS.title),
    situation: marked(PARTS.situation),
    measures: PARTS.measures.map((measure) => ({ ...measure, text: marked(measure.text) })),
    adviceDevelopers: PARTS.adviceDevelopers.map(marked),
    adviceEndUsers: marked(PARTS.adviceEndUsers),
    actionability: PARTS.actionability,
  };
}

/** A notice with all its parts. */
export const PARTS: NoticeParts = {
  title: { "zh-CN": "Android SDK 7.9–8.0 令牌缓存可被其他应用读取", en: "Token cache readable" },
  situation: { "zh-CN": "缓存文件的权限过宽。", en: "A cache file was too open." },
  measures: [
    { state: "taken", at: "2026-11-20T01:20:00.000Z", text: { "zh-CN": "已作废旧令牌。" } },
    { state: "planned", at: "2026-11-21T02:00:00.000Z", text: { "zh-CN": "发布 8.1.0。" } },
  ],
  adviceDevelopers: [{ "zh-CN": "升级到 8.1.0。" }, { "zh-CN": "清除旧缓存。" }],
  adviceEndUsers: { "zh-CN": "请更新应用并重新登录。" },
  actionability: "required",
};

type Saved = { id: string; revision: number };
type NoticeWish = Partial<NoticeParts> & {
  type?: Notice["type"];
  correctsId?: string | null;
  notifies?: boolean;
  silentReason?: string | null;
  visibility?: "public" | "affected";
  /** ISO 8601. */
  goesOutAt?: string | null;
  waves?: WavePlan;
};

/** What the composer sends. */
export function composed({ id, revision }: Saved, wish: NoticeWish = {}) {
  const {
    type = "initial",
    correctsId = null,
    notifies = true,
    silentReason = null,
    goesOutAt = null,
    waves,
    visibility,
    ...parts
  } = wish;
  return {
    noticeId: id,
    revision,
    type,
    correctsId,
    notifies,
    silentReason,
    goesOutAt,
    ...(visibility && { visibility }),
    ...(waves && { waves }),
    ...PARTS,
    ...parts,
  };
}

type RuleWish = Partial<
  Pick<
    AudienceRule,
    "platforms" | "versionRange" | "regions" | "apiOnly" | "declared" | "tags" | "contacts"
  >
> & {
  toldBy?: string;
  named?: string;
  excluded?: string;
  leavesOut?: boolean;
  accountIds?: string[];
};

/** What the form of the audience sends. */
export function audienceForm({ id, revision }: Saved, wish: RuleWish = {}) {
  const { named = "", excluded = "", leavesOut = false, ...rule } = wish;
  return {
    noticeId: id,
    revision,
    by: wayOf({ ...wish, named }),
    platforms: [],
    versionRange: "",
    regions: [],
    apiOnly: false,
    ...rule,
    named,
    excluded,
    leavesOut,
  };
}

function wayOf(wish: RuleWish) {
  const { named, accountIds, platforms, versionRange, regions, apiOnly, declared, tags, toldBy } =
    wish;
  if (named) return "list" as const;
  if (accountIds) return "accounts" as const;
  const lists = [platforms, regions, declared, tags];
  const isNarrow = lists.some((list) => list?.length) || versionRange || apiOnly || toldBy;
  return isNarrow ? ("rule" as const) : ("everybody" as const);
}

type DraftWish = NoticeWish & {
  incidentId: string;
  /** Null leaves it undecided; a first notice is for everybody unless it says whom. */
  audience?: RuleWish | null;
  at?: string;
};

/** A complete draft of an incident's notice. */
export async function givenNotice(desk: NoticeDesk, wish: DraftWish): Promise<Notice> {
  const { incidentId, at = NOTICE_DAY.written, ...rest } = wish;
  const { type = "initial", correctsId = null } = rest;
  const { audience = type === "initial" ? {} : null, ...content } = rest;
  if (type === "announcement") throw new Error("an announcement has no incident");
  const ctx = acting(desk.author, at);
  const { id } = await draftNotice(ctx, { incidentId, type, correctsId });
  const { revision } = await editNotice(ctx, composed({ id, revision: 1 }, content));
  if (audience) await setAudience(ctx, audienceForm({ id, revision }, audience));
  return noticeNow(id);
}

/** A complete draft of an announcement. */
export async function givenAnnouncement(
  desk: NoticeDesk,
  wish: NoticeWish & { audience?: RuleWish | null } = {},
): Promise<Notice> {
  const { audience = {}, ...content } = wish;
  const ctx = acting(desk.author, NOTICE_DAY.written);
  const { id } = await draftAnnouncement(ctx, { productId: desk.productId, title: "服务升级" });
  const { revision } = await editNotice(
    ctx,
    composed({ id, revision: 1 }, { ...content, type: "announcement" }),
  );
  if (audience) await setAudience(ctx, audienceForm({ id, revision }, audience));
  return noticeNow(id);
}

/** Every step of the plan of a kind of incident, done. */
export async function settlePlan(
  ctx: Context,
  incidentId: string,
  kind: IncidentKind = "vulnerability",
): Promise<void> {
  for (const step of PLANS[kind]) await settleStep(ctx, { incidentId, step, state: "done" });
}

export type SeenNotice = Notice & { contentHash: string };

/** Hands a notice to its reviewer. */
export async function submitted(
  desk: NoticeDesk,
  { id, revision }: Saved,
  at: string = NOTICE_DAY.written,
): Promise<SeenNotice> {
  const ctx = acting(desk.author, at);
  await explainNoticeFindings(ctx, { id, revision });
  await submitNotice(ctx, { noticeId: id, revision });
  const notice = await noticeNow(id);
  return { ...notice, contentHash: notice.contentHash ?? "" };
}

/** Its author says of all that the checks found that it may stay. */
export async function explainNoticeFindings(ctx: Context, { id, revision }: Saved): Promise<void> {
  const checks = await listNoticeChecks(ctx, { noticeId: id });
  const open = checks.filter(({ isBlocking, explanation }) => !isBlocking && !explanation);
  const explanations = Object.fromEntries(
    open.map(({ check, digest }) => [check, { digest, reason: "译文随后补上。" }]),
  );
  if (open.length > 0) await explainNotice(ctx, { noticeId: id, revision, explanations });
}

/** A notice that a second person has approved, typing the number where it is asked for. */
export async function published(
  desk: NoticeDesk,
  notice: Saved,
  { at = NOTICE_DAY.approved, typedPeople }: { at?: string; typedPeople?: number } = {},
): Promise<Notice> {
  const { contentHash } = await submitted(desk, notice, at);
  await approveNotice(acting(desk.approver, at), {
    noticeId: notice.id,
    contentHash,
    ...(typedPeople !== undefined && { typedPeople }),
  });
  return noticeNow(notice.id);
}

export async function noticeNow(id: string): Promise<Notice> {
  const [notice] = await db.select().from(notices).where(eq(notices.id, id));
  return notice!;
}

type AppWish = {
  accountId: string;
  productId: string;
  platforms?: Partial<Record<Platform, string>>;
  region?: Region;
  apiOnly?: boolean;
  closed?: boolean;
};

let lastId = 1_500_000_000 + Math.floor(Math.random() * 4e8);

/** An app with its platforms; its SDKAppID is nobody else's. */
export async function givenApp({ platforms = {}, closed, ...app }: AppWish) {
  lastId += 1;
  const [row] = await db
    .insert(apps)
    .values({
      ...app,
      sdkAppId: String(lastId),
      name: `应用 ${lastId}`,
      createdAt: new Date("2025-01-01T00:00:00Z"),
      closedAt: closed ? new Date("2026-01-01T00:00:00Z") : null,
    })
    .returning();
  const versions = Object.entries(platforms).map(([platform, sdkVersion]) => ({
    appId: row!.id,
    platform: platform as Platform,
    sdkVersion,
  }));
  if (versions.length > 0) await db.insert(appPlatforms).values(versions);
  return row!;
}

/** An account with one owner and one app of the product. */
export async function givenAffected(
  productId: string,
  app: Omit<AppWish, "accountId" | "productId">,
  also?: Person,
) {
  const account = await givenAccount();
  const owner = await givenMember(account.id, "owner", { ...(also && { also }) });
  return { account, owner, app: await givenApp({ accountId: account.id, productId, ...app }) };
}

/** A contact of an account who is nobody's member. */
export async function givenContact(accountId: string, kind: ContactKind, verified = true) {
  const long = new Date("2026-01-01T00:00:00Z");
  const [user] = await db
    .insert(users)
    .values({ email: `${kind}-${crypto.randomUUID()}@people.example`, name: kind, createdAt: long })
    .returning();
  await db.insert(contacts).values({
    accountId,
    kind,
    userId: user!.id,
    name: kind,
    addedBy: user!.id,
    addedAt: long,
    verifiedAt: verified ? long : null,
  });
  return user!;
}
