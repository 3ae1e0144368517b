import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import type { Told } from "@/domain/broadcasts/facts";
import {
  SAMPLE_INCIDENT,
  SAMPLE_POLICY,
  SAMPLE_RECEIPT,
  SAMPLE_REQUEST,
} from "@/emails/_components/samples";
import { MESSAGES } from "@/messages";
import { noticeHref, noticeKind, noticeTitle } from "@/wording/notice-line";

import { BroadcastBody } from "./broadcast-body";

const CHANGE: Told = { kind: "policy_change", facts: SAMPLE_POLICY };
const MINOR: Told = { kind: "policy_change", facts: { ...SAMPLE_POLICY, isMajor: false } };
const REMINDER: Told = { kind: "acknowledgement_reminder", facts: SAMPLE_POLICY };
const RECEIPT: Told = { kind: "acknowledgement_receipt", facts: SAMPLE_RECEIPT };

function shown(told: Told, locale: Locale): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={MESSAGES[locale]} timeZone="Asia/Shanghai">
      <BroadcastBody told={told} />
    </NextIntlClientProvider>,
  );
}

test("P39, P41: the in-site message states the concrete changes, the effective date and the comparison", () => {
  for (const locale of LOCALES) {
    const html = shown(CHANGE, locale);
    for (const { text } of SAMPLE_POLICY.changes) expect(html).toContain(text[locale]);
    expect(html).toContain('<time dateTime="2026-04-01T00:00+08:00">');
    expect(html).toContain("/policies/im-privacy-guide/3.2/changes?since=3.1");
    expect(html).toContain(`/acknowledgements/${SAMPLE_POLICY.versionId}`);
  }
});

test("P05: what is bold in the change list and what is sensitive in the lists is bold in the message", () => {
  const text = { "zh-CN": "新增收集：\n\n- **精确位置**\n- 设备型号" };
  const lists = {
    "zh-CN": [
      {
        ...{ part: "information" as const, kind: "added" as const, name: "人脸特征" },
        ...{ role: "", fields: [], sensitive: true },
      },
    ],
  };
  const facts = { ...SAMPLE_POLICY, changes: [{ text, anchor: null }], lists };
  const html = shown({ kind: "policy_change", facts }, "zh-CN");
  expect(html).toContain("<strong>精确位置</strong>");
  expect(html).toContain("<strong>人脸特征</strong>");
  expect(html).not.toContain("**");
});

test("P41: the way to a clause names it; without a name it says which change it belongs to", () => {
  expect(shown(CHANGE, "zh-CN")).toContain("查看“四、（一）保存期限 · 2”</a>");
  expect(shown(CHANGE, "en")).toContain("Read “4.1 Retention · 2”</a>");
  expect(shown(CHANGE, "zh-CN")).toContain("查看第 1 项变更的条文</a>");
});

test("P22: an incident's message leads to its page, at the notice", () => {
  const incident: Told = { kind: "incident_notice", facts: SAMPLE_INCIDENT };
  expect(noticeHref(incident)).toBe("/incidents/I-2026-000012#notice-1");
  for (const locale of LOCALES)
    expect(shown(incident, locale)).toContain(`/incidents/I-2026-000012#notice-1"`);
});

test("P40: the in-site message asks for an update of the developer's own policy", () => {
  expect(shown(CHANGE, "zh-CN")).toContain("请相应更新您应用的隐私政策");
});

test("a reminder and a receipt are shown in both languages", () => {
  for (const locale of LOCALES) {
    expect(shown(REMINDER, locale)).toContain("<ol");
    const receipt = shown(RECEIPT, locale);
    expect(receipt).toContain(`<blockquote lang="zh-CN"`);
    expect(receipt).toContain(SAMPLE_RECEIPT.contentHash);
  }
});

test("a major change leads to its answer, any other to its text, a receipt to itself", () => {
  expect(noticeHref(CHANGE)).toBe(`/acknowledgements/${SAMPLE_POLICY.versionId}`);
  expect(noticeHref(MINOR)).toBe("/policies/im-privacy-guide/3.2");
  expect(noticeHref(RECEIPT)).toBe("/receipts/A-2026-000042");
});

test("lists tell kind and title in one line", () => {
  expect(noticeKind(CHANGE, "zh-CN")).toBe("政策变更");
  expect(noticeKind(RECEIPT, "en")).toBe("Receipt");
  expect(noticeTitle(CHANGE, "zh-CN")).toBe(
    "《即时通信 SDK 隐私保护指引》3.2 版自2026年4月1日起生效",
  );
  expect(noticeTitle(REMINDER, "en")).toBe(
    "Please answer: IM SDK Privacy Guide, version 3.2, takes effect on 1 Apr 2026",
  );
});

test("P29, P47: an update of a request leads to its page with number and due date; a developer is led to the task", () => {
  const update: Told = { kind: "request_update", facts: SAMPLE_REQUEST };
  for (const locale of LOCALES) {
    const html = shown(update, locale);
    expect(html).toContain("R-2026-000123");
    expect(html).toContain(locale === "zh-CN" ? "2026年12月14日" : "14 Dec 2026");
  }
  expect(noticeHref(update)).toBe("/requests/R-2026-000123");
  const asked: Told = { ...update, facts: { ...SAMPLE_REQUEST, event: "developer_asked" } };
  expect(noticeHref(asked)).toBe("/requests/R-2026-000123/answer");
});
