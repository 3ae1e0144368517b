import type { AccessUpdate } from "@/db/vocabulary/access";
import { CERTIFICATE_ITEMS } from "@/db/vocabulary/deregistrations";
import type {
  AccessUpdateFacts,
  AnnouncementFacts,
  DeregistrationUpdateFacts,
  IncidentNoticeFacts,
  PolicyChangeFacts,
  ReceiptFacts,
  RequestUpdateFacts,
  SecurityAlarmFacts,
  WithdrawalFacts,
} from "@/domain/broadcasts/facts";

import type { Sender } from "./sender";

export const SAMPLE_SENDER: Sender = {
  locale: "zh-CN",
  origin: "https://notices.yunqiao.example",
  vendor: "云桥科技",
  contact: "privacy@yunqiao.example",
  card: {
    name: { "zh-CN": "云桥科技有限公司" },
    address: { "zh-CN": "深圳市南山区云桥路1号" },
    team: { "zh-CN": "数据隐私保护部" },
    person: { "zh-CN": "林澄（个人信息保护负责人）" },
    service: { "zh-CN": "控制台右上角“工单”" },
    post: { "zh-CN": "深圳市南山区云桥路1号 数据隐私保护部（收） 518054" },
  },
};

export const SAMPLE_POLICY: PolicyChangeFacts = {
  versionId: "018f6a52-7c1e-7d20-8a3b-5f1e2d3c4b5a",
  documentSlug: "im-privacy-guide",
  documentTitle: { "zh-CN": "即时通信 SDK 隐私保护指引", en: "IM SDK Privacy Guide" },
  label: "3.2",
  previousLabel: "3.1",
  isMajor: true,
  majorReasons: ["service_model", "recipients", "rights"],
  affectsEndUsers: true,
  changes: [
    {
      text: {
        "zh-CN": "新增离线推送所需的厂商通道标识，仅在您开启离线推送之后收集。",
        en: "The vendor channel ID is added for offline push and collected only once you turn it on.",
      },
      anchor: "sec-1-1",
    },
    {
      text: {
        "zh-CN": "聊天图片、语音和视频的默认保存期由30天缩短为7天，可以在控制台改为1天至30天。",
        en: "Pictures, voice and video in conversations are kept for 7 days by default instead of 30; you can set 1 to 30 days in the console.",
      },
      anchor: "sec-4-1-2",
      place: { "zh-CN": "四、（一）保存期限 · 2", en: "4.1 Retention · 2" },
    },
    {
      text: {
        "zh-CN": "答复请求的期限写明为15个工作日；拒绝请求的，写明依据并由另一位工作人员复核。",
        en: "Requests are answered within 15 working days; a refusal states its ground and is reviewed by another member of staff.",
      },
      anchor: "sec-6-3",
    },
  ],
  lists: {
    "zh-CN": [
      {
        ...{ part: "information", kind: "added", name: "厂商通道标识", role: "", fields: [] },
        sensitive: false,
      },
      {
        ...{ part: "register", kind: "added", name: "手机厂商的推送服务", role: "processor" },
        ...{ fields: [], sensitive: false },
      },
    ],
    en: [
      {
        ...{ part: "information", kind: "added", name: "Vendor channel ID", role: "", fields: [] },
        sensitive: false,
      },
      {
        ...{ part: "register", kind: "added", name: "Push services of phone vendors" },
        ...{ role: "processor", fields: [], sensitive: false },
      },
    ],
  },
  effectiveAt: "2026-03-31T16:00:00.000Z",
  contentHash: "9f2c41d07b6a5e13c8f04d92ab7761e03d5c8f19e2a4b6c7d8091f2e3a4be07b",
};

export const SAMPLE_RECEIPT: ReceiptFacts = {
  receiptNumber: "A-2026-000042",
  answer: "acknowledged",
  reason: null,
  documentSlug: SAMPLE_POLICY.documentSlug,
  documentTitle: SAMPLE_POLICY.documentTitle,
  label: SAMPLE_POLICY.label,
  effectiveAt: SAMPLE_POLICY.effectiveAt,
  accountName: "青禾网络",
  uin: "100023847",
  personName: "陈若川",
  memberRole: "legal",
  statement:
    "我已阅读《即时通信 SDK 隐私保护指引》3.2 版全文及其变更说明，有权代表“青禾网络”，并确认接受该版本。",
  answeredAt: "2026-03-09T06:05:12.000Z",
  contentHash: SAMPLE_POLICY.contentHash,
};

export const SAMPLE_REQUEST: RequestUpdateFacts = {
  requestId: "018f6a52-1b2c-7d20-8a3b-5f1e2d3c4b5a",
  number: "R-2026-000123",
  type: "delete",
  event: "received",
  dueDate: "2026-12-14",
  isDueProvisional: false,
};

export const SAMPLE_INCIDENT: IncidentNoticeFacts = {
  noticeId: "018f6a52-2c3d-7d20-8a3b-5f1e2d3c4b5a",
  incidentId: "018f6a52-3d4e-7d20-8a3b-5f1e2d3c4b5a",
  incidentNumber: "I-2026-000012",
  type: "initial",
  sequence: 1,
  title: {
    "zh-CN": "Android SDK 7.9 至 8.0 的登录令牌缓存可被其他应用读取",
    en: "Android SDK 7.9 to 8.0: cached sign-in tokens readable by other apps",
  },
  kind: "vulnerability",
  severity: "larger",
  status: "contained",
  visibility: "affected",
  parts: {
    situation: {
      "zh-CN": "SDK 写入缓存文件时权限过宽，同一设备上的其他应用可能读到登录令牌。",
      en: "The SDK wrote a cache file too openly; other apps on the device may have read sign-in tokens.",
    },
    measures: [
      {
        state: "taken",
        at: "2026-11-20T01:20:00.000Z",
        text: { "zh-CN": "已作废全部旧令牌。", en: "All old tokens have been revoked." },
      },
      {
        state: "planned",
        at: "2026-11-21T02:00:00.000Z",
        text: { "zh-CN": "发布 8.1.0，不再写入缓存文件。", en: "Release 8.1.0 without the cache." },
      },
    ],
    adviceDevelopers: [
      { "zh-CN": "升级到 Android SDK 8.1.0。", en: "Upgrade to Android SDK 8.1.0." },
      { "zh-CN": "升级后首次启动时清除旧缓存。", en: "Clear the old cache on the first start." },
    ],
    adviceEndUsers: {
      "zh-CN": "请把应用更新到最新版本，并重新登录一次。",
      en: "Please update the app and sign in again once.",
    },
    actionability: "required",
  },
  dataKinds: { "zh-CN": "登录令牌", en: "Sign-in tokens" },
  cause: { "zh-CN": "缓存文件的权限设置有误。", en: "Wrong permissions of a cache file." },
  occurredAt: "2026-11-18T16:00:00.000Z",
  discoveredAt: "2026-11-20T01:00:00.000Z",
  containedAt: "2026-11-20T01:20:00.000Z",
  resolvedAt: null,
  publicSummary: {},
  contact: "security@yunqiao.example",
  corrects: null,
  publishedAt: "2026-11-20T01:50:00.000Z",
  contentHash: SAMPLE_POLICY.contentHash,
};

export const SAMPLE_ANNOUNCEMENT: AnnouncementFacts = {
  noticeId: "018f6a52-4e5f-7d20-8a3b-5f1e2d3c4b5a",
  title: { "zh-CN": "12 月 5 日凌晨的例行维护", en: "Routine maintenance on 5 December" },
  body: {
    "zh-CN": "12 月 5 日 02:00 至 03:00，控制台暂停使用。\n消息收发不受影响。",
    en: "The console pauses on 5 December from 02:00 to 03:00.\nMessages are not affected.",
  },
  actionability: "information",
  publishedAt: "2026-11-20T02:00:00.000Z",
  contentHash: SAMPLE_POLICY.contentHash,
};

export const SAMPLE_WITHDRAWAL: WithdrawalFacts = {
  what: {
    kind: "version",
    versionId: SAMPLE_POLICY.versionId,
    documentSlug: SAMPLE_POLICY.documentSlug,
    documentTitle: SAMPLE_POLICY.documentTitle,
    label: SAMPLE_POLICY.label,
    staysLabel: SAMPLE_POLICY.previousLabel,
    effectiveAt: SAMPLE_POLICY.effectiveAt,
  },
  announcementId: "018f6a52-4e5f-7d20-8a3b-5f1e2d3c4b5a",
  announcedAt: "2026-11-20T02:00:00.000Z",
  reason: "与新的接收方尚未签约，变更推迟。\n签约之后会另行告知。",
  withdrawnAt: "2026-11-24T07:30:00.000Z",
};

export const SAMPLE_ALARM: SecurityAlarmFacts = {
  alarmId: "018f6a52-4e5f-7d20-8a3b-5f1e2d3c4b5a",
  pattern: "address_guessed",
  ...{ count: 14, hours: 24, raisedAt: "2026-11-24T07:30:00.000Z", isStaff: true },
};

/** One of each kind of news about what somebody may do here. */
export function sampleAccess(event: AccessUpdate): AccessUpdateFacts {
  const isOfAccount = event.startsWith("member_");
  const ends = event === "member_removed" || event === "staff_ended";
  return {
    event,
    staffRoles: isOfAccount || ends ? [] : ["author", "approver"],
    account: isOfAccount ? { name: "青禾网络", uin: "100023847" } : null,
    memberRole: isOfAccount && !ends ? "legal" : null,
    at: "2026-11-24T07:30:00.000Z",
  };
}

export const SAMPLE_DEREGISTRATION: DeregistrationUpdateFacts = {
  deregistrationId: "018f6a52-4e5f-7d20-8a3b-5f1e2d3c4b5a",
  number: "C-2026-000007",
  accountName: "青禾网络",
  uin: "100023847",
  event: "completed",
  executeAfter: "2026-11-27T02:30:00.000Z",
  certificate: {
    stated: {
      number: "C-2026-000007",
      accountName: "青禾网络",
      uin: "100023847",
      requestedAt: "2026-11-19T08:12:00.000Z",
      confirmedAt: "2026-11-20T02:30:00.000Z",
      executeAfter: "2026-11-27T02:30:00.000Z",
      completedAt: "2026-11-27T02:30:14.000Z",
      items: CERTIFICATE_ITEMS.map((item, index) => ({ item, count: (index * 7) % 12 })),
      lastMails: 2,
    },
    hash: "41c09f2ed07b6a5e13c8f04d92ab7761e03d5c8f19e2a4b6c7d8091f2e3a4be0",
    key: "pXq3Zb0V7sJm2kQe9rT5uYwA1cD4fG6hK8lN0oPiRtU",
  },
};
