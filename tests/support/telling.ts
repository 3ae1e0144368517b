import type { IncidentNoticeFacts, Told } from "@/domain/broadcasts/facts";
import type { Telling } from "@/channels/channel";

import { FACTS } from "./broadcasts";

export const ID = "msg_0123456789abcdef0123456789abcdef";
const LONG = "受影响的应用请尽快升级。".repeat(3000);

export const INCIDENT: IncidentNoticeFacts = {
  ...{ noticeId: "n", incidentId: "i", incidentNumber: "I-2026-000001", type: "initial" },
  ...{ sequence: 1, title: { "zh-CN": "令牌泄露", en: "Token leak" }, kind: "leak" },
  ...{ severity: "major", status: "investigating", visibility: "affected", contact: "a@b.example" },
  parts: {
    situation: { "zh-CN": LONG, en: LONG },
    measures: [],
    adviceDevelopers: [{ "zh-CN": "升级", en: "Upgrade" }],
    adviceEndUsers: { "zh-CN": "更新", en: "Update" },
    actionability: "required",
  },
  ...{ dataKinds: {}, cause: {}, occurredAt: null, discoveredAt: "2026-11-20T00:00:00Z" },
  ...{
    containedAt: null,
    resolvedAt: null,
    publicSummary: { "zh-CN": "公开摘要" },
    corrects: null,
  },
  ...{ publishedAt: "2026-11-20T01:00:00Z", contentHash: "h" },
};
export const POLICY: Told = { kind: "policy_change", facts: FACTS };

/** What a channel is given to say. */
export const telling = (told: Told | null, more: Partial<Telling> = {}): Telling => ({
  ...{ told, id: ID, locale: "zh-CN", origin: "https://notices.example", vendor: "云桥科技" },
  ...{ account: { uin: "100000000001", name: "青禾" }, sdkAppIds: ["1400001287"] },
  ...more,
});
