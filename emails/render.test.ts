import { describe, expect, test } from "vitest";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import type { PolicyChangeFacts, ReceiptFacts, Told } from "@/domain/broadcasts/facts";
import { personalise } from "@/lib/mail-template";
import { PLACEHOLDERS } from "@/lib/placeholders";

import {
  SAMPLE_INCIDENT,
  SAMPLE_POLICY,
  SAMPLE_RECEIPT,
  SAMPLE_SENDER,
} from "./_components/samples";
import { CATALOGUE } from "./catalogue";
import Checkpoint from "./checkpoint";
import { DARK_SHEET } from "./dark";
import { PREVIEWS } from "./previews";
import { type Mail, renderBroadcastMail, renderMail, renderSignInMail } from "./render";

/** Gmail shows no more of a mail than this. */
const CLIPPED_AT = 102 * 1024;
const { origin, contact } = SAMPLE_SENDER;

const sender = (locale: Locale) => ({ ...SAMPLE_SENDER, locale });
const change = (facts: Partial<PolicyChangeFacts> = {}): Told => ({
  kind: "policy_change",
  facts: { ...SAMPLE_POLICY, ...facts },
});
const receipt = (facts: Partial<ReceiptFacts> = {}): Told => ({
  kind: "acknowledgement_receipt",
  facts: { ...SAMPLE_RECEIPT, ...facts },
});
const SIGN_IN = {
  ...SAMPLE_SENDER,
  purpose: "sign_in" as const,
  link: `${origin}/zh-CN/sign-in/confirm?request=r1&token=t1`,
  code: "40718263",
  returnPath: "/zh-CN/acknowledgements/v1",
};

/** The mails that somebody may turn off. */
const OPTIONAL = [
  ...["announcement", "digest", "policy-change-minor", "policy-change-first-version"],
  ...["bulletin", "bulletin-policy-change", "bulletin-announcement", "bulletin-withdrawal"],
];
/** How a mail says why it comes: to whom it concerns, or because somebody asked for it. */
const WHY: Record<Locale, RegExp> = {
  "zh-CN": /收到这封邮件|不是您(?:本人操作|请求的)|不认识这个账号/,
  en: /You (?:receive|get) this|Not you\?|If it was not you|You (?:don['’]t|do not) know this account/,
};

const count = (text: string, part: string) => text.split(part).length - 1;
const linksIn = ({ html }: Mail) =>
  [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => (href ?? "").replaceAll("&amp;", "&"));

describe.each(PREVIEWS.flatMap((preview) => LOCALES.map((locale) => ({ ...preview, locale }))))(
  "$name in $locale",
  ({ name, mail, locale, template }) => {
    const rendered = renderMail(mail(locale), { locale });

    test("says everything in words: no missing key, no missing fact", async () => {
      const { subject, html, text } = await rendered;
      for (const part of [subject, html.replace(DARK_SHEET, ""), text]) {
        expect(part).not.toMatch(/undefined|\[object|NaN|null|Invalid/);
        expect(part).not.toMatch(/\b(emails|broadcasts|access|common)\.\w+/);
        expect(part).not.toMatch(/[{}]/);
      }
      expect(subject.length).toBeGreaterThan(0);
    });

    test("P46, P58: says at its foot who answers for the guides, and how to reach them", async () => {
      const { html, text } = await rendered;
      expect(html).toContain(`mailto:${contact}`);
      for (const line of Object.values(SAMPLE_SENDER.card)) expect(text).toContain(line["zh-CN"]);
      // Nobody reads answers of this sender: it neither asks for them nor forbids them.
      expect(text).not.toMatch(/回复(?:这封|本)?邮件|reply to this|not reply|no-?reply/i);
    });

    test("opens no picture, font, script or address of anybody else", async () => {
      const { html, ...rest } = await rendered;
      expect(html.replace(DARK_SHEET, "")).not.toMatch(
        /<(img|script|link|iframe|video|svg|style)\b|url\(|@import|@font-face/i,
      );
      for (const href of linksIn({ html, ...rest }))
        expect(
          href === `mailto:${contact}` ||
            href.startsWith(`${origin}/${locale}/`) ||
            // A file has no language.
            href.startsWith(`${origin}/.well-known/gaozhi/`),
        ).toBe(true);
      const addresses = html.replace(/^<!DOCTYPE[^>]*>/, "").match(/https?:\/\/[^/"<\s]+/g) ?? [];
      expect(new Set(addresses)).toEqual(new Set([origin]));
    });

    test("names its language, and that it has a dark side", async () => {
      const { html } = await rendered;
      expect(html).toContain(`<html dir="ltr" lang="${locale}">`);
      expect(html).toContain('<meta name="color-scheme" content="light dark"/>');
    });

    test("holds every address in its plain text, and no markup", async () => {
      const whole = await rendered;
      for (const href of linksIn(whole)) expect(whole.text).toContain(href.replace("mailto:", ""));
      expect(whole.text).not.toMatch(/<[a-z/]|&(amp|lt|quot|nbsp);/);
    });

    test("is shown whole by Gmail", async () => {
      expect(Buffer.byteLength((await rendered).html)).toBeLessThan(CLIPPED_AT);
    });

    test("P41: carries a way out of it where it may be turned off, and else says why it comes", async () => {
      const { html, text } = await rendered;
      const isOptional = [html, text].map((part) => count(part, PLACEHOLDERS.key) > 0);
      const expected = OPTIONAL.includes(name);
      expect(isOptional).toEqual([expected, expected]);
      if (!expected) expect(text).toMatch(WHY[locale]);
    });

    test("leaves room for the reader's name, accounts and apps only where they belong", async () => {
      const { subject, html, text } = await rendered;
      const greetsNobody = [
        ...["sign-in-link", "request-update", "contact-confirmation", "member-invitation"],
        ...["bulletin", "subscription-confirmation"],
      ];
      const isPlain = greetsNobody.includes(template) || template === "deregistration-update";
      const names = isPlain ? 0 : 1;
      const namesNone = [
        ...["acknowledgement-receipt", "security-alarm", "access-update", "ask-message"],
        ...["notice-look", "wave-stopped", "checkpoint", "digest"],
      ];
      const isOfAccounts = !namesNone.includes(template);
      const accounts = isOfAccounts ? names : 0;
      for (const part of [html, text]) {
        expect(count(part, PLACEHOLDERS.name)).toBe(names);
        expect(count(part, PLACEHOLDERS.accounts)).toBe(accounts);
        expect(count(part, PLACEHOLDERS.apps)).toBe(template === "incident-notice" ? 1 : 0);
      }
      expect(subject).not.toContain("%%");
    });
  },
);

test("a checkpoint stands in the plain text as it was signed, line by line", async () => {
  const { note } = Checkpoint.PreviewProps.facts.last;
  const told = { kind: "checkpoint", facts: Checkpoint.PreviewProps.facts } as const;
  for (const locale of LOCALES)
    expect((await renderBroadcastMail(told, sender(locale))).text).toContain(note.trimEnd());
});

test("the same facts make the same bytes", async () => {
  for (const locale of LOCALES) {
    for (const told of [change(), receipt()]) {
      const [first, second] = [
        await renderBroadcastMail(told, sender(locale)),
        await renderBroadcastMail(told, sender(locale)),
      ];
      expect(second).toEqual(first);
    }
  }
});

describe("a policy change", () => {
  test("P01, P41: states every concrete change, numbered and in order", async () => {
    for (const locale of LOCALES) {
      const { html, text } = await renderBroadcastMail(change(), sender(locale));
      const said = SAMPLE_POLICY.changes.map((one) => one.text[locale] ?? "");
      for (const words of said) expect(html).toContain(words);
      const places = said.map((words, index) => text.indexOf(`${index + 1}. ${words}`));
      expect(places.every((place) => place > 0)).toBe(true);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
  });

  test("P39: names the effective date in Beijing time, in the subject and in the text", async () => {
    const chinese = await renderBroadcastMail(change(), sender("zh-CN"));
    expect(chinese.subject).toContain("自2026年4月1日起生效");
    expect(chinese.text).toContain("生效时间：自2026年4月1日 00:00（北京时间）起");
    const english = await renderBroadcastMail(change(), sender("en"));
    expect(english.subject).toContain("takes effect on 1 Apr 2026");
    expect(english.text).toContain("Takes effect: 1 Apr 2026, 00:00 (UTC+8)");
  });

  test("P41: a major change says so first, asks for an answer and leads to it and to the comparison", async () => {
    const { subject, text } = await renderBroadcastMail(change(), sender("zh-CN"));
    expect(subject).toMatch(/^【政策变更】【重大】/);
    expect(text).toContain(
      `阅读并答复 ${origin}/zh-CN/acknowledgements/${SAMPLE_POLICY.versionId}`,
    );
    expect(text).toContain(`${origin}/zh-CN/policies/im-privacy-guide/3.2/changes?since=3.1`);
    expect(text).toContain("所有者、法务：请在2026年4月1日 00:00（北京时间）之前");
    expect(text).toContain("不能退订");
  });

  test("P42: a major change names the questions that made it major", async () => {
    const { text } = await renderBroadcastMail(
      change({ majorReasons: ["contacts"] }),
      sender("zh-CN"),
    );
    expect(text).toContain("负责部门、联络方式或投诉渠道变化");
    expect(text).not.toContain("所有权结构");
  });

  test("a change that is not major asks for no answer and leads to the text", async () => {
    const minor = change({ isMajor: false, majorReasons: [] });
    const { subject, text } = await renderBroadcastMail(minor, sender("en"));
    expect(subject).toMatch(/^\[Policy change\] IM SDK/);
    expect(text).not.toContain("acknowledge");
    expect(text).toContain(`Read version 3.2 ${origin}/en/policies/im-privacy-guide/3.2\n`);
  });

  test("P04: says how to disagree, and that silence is not consent", async () => {
    const { text } = await renderBroadcastMail(change(), sender("zh-CN"));
    expect(text).toContain("请答复“不同意”，并在生效前停止接入和使用");
    expect(text).toContain("不会被记为同意");
  });

  test("P40: asks for an update of the developer's own policy only when end users are affected", async () => {
    const asked = "请相应更新您应用的隐私政策";
    const affected = await renderBroadcastMail(change(), sender("zh-CN"));
    expect(affected.text).toContain(asked);
    const other = await renderBroadcastMail(change({ affectsEndUsers: false }), sender("zh-CN"));
    expect(other.text).not.toContain(asked);
  });

  test("P46: names where to write", async () => {
    const { text } = await renderBroadcastMail(change(), sender("zh-CN"));
    expect(text).toContain(`请写信至 ${contact}`);
  });

  test("a first version is published rather than changed, and compared with nothing", async () => {
    const { subject, text } = await renderBroadcastMail(
      change({ previousLabel: null }),
      sender("zh-CN"),
    );
    expect(subject).toContain("【政策发布】");
    expect(text).not.toContain("/changes?since=");
  });

  test("a change without a translation is shown in the binding language, marked as such", async () => {
    const changes = [{ text: { "zh-CN": "只有中文\n分两行" }, anchor: null }];
    const { html, text } = await renderBroadcastMail(change({ changes }), sender("en"));
    expect(html).toContain('<span lang="zh-CN">只有中文<br/>分两行</span>');
    expect(text).toContain("The Chinese text is binding.");
    const chinese = await renderBroadcastMail(change({ changes }), sender("zh-CN"));
    expect(chinese.html).not.toContain("<span lang=");
  });

  test("P05: what is bold in the change list is bold in the mail and marked in its plain text; lists stay lists", async () => {
    const text = "新增收集：\n\n1. **精确位置**\n2. 设备型号";
    const lists = {
      "zh-CN": [
        { ...{ part: "information" as const, kind: "added" as const, name: "人脸特征" } },
      ].map((one) => ({ ...one, role: "", fields: [], sensitive: true })),
    };
    const mail = await renderBroadcastMail(
      change({ changes: [{ text: { "zh-CN": text }, anchor: null }], lists }),
      sender("zh-CN"),
    );
    expect(mail.html).toMatch(
      /<ol start="1"[^>]*><li><span><strong[^>]*>精确位置<\/strong><\/span><\/li><li><span>设备型号<\/span><\/li><\/ol>/,
    );
    expect(mail.html).toMatch(/新收集：<strong[^>]*>人脸特征<\/strong>/);
    expect(mail.text).toContain("**精确位置**");
    expect(mail.text).toContain("新收集：**人脸特征**");
    expect(mail.html).not.toContain("**");
    expect(mail.text).toMatch(/1\. 新增收集：\s+1\. \*\*精确位置\*\*\s+2\. 设备型号/);
  });

  test("sixty long changes still fit", async () => {
    const changes = Array.from({ length: 60 }, (_, index) => ({
      text: { "zh-CN": `第 ${index + 1} 处变更`.padEnd(120, "的说明") },
      anchor: `sec-${index + 1}`,
    }));
    const { html, text } = await renderBroadcastMail(change({ changes }), sender("zh-CN"));
    expect(Buffer.byteLength(html)).toBeLessThan(CLIPPED_AT);
    expect(count(text, "处变更")).toBe(60);
  });
});

test("a reminder says that the account has not answered and by when it should", async () => {
  const told: Told = { kind: "acknowledgement_reminder", facts: SAMPLE_POLICY };
  const { subject, text } = await renderBroadcastMail(told, sender("zh-CN"));
  expect(subject).toMatch(/^【答复提醒】【重大】请答复：《/);
  expect(text).toContain("您的账号还没有答复");
  expect(text).toContain("请在2026年4月1日 00:00（北京时间）之前代表账号答复");
});

describe("a receipt", () => {
  test("P04: holds number, statement word for word, person, role, account, version, fingerprint and time", async () => {
    const { text } = await renderBroadcastMail(receipt(), sender("zh-CN"));
    const { statement, contentHash } = SAMPLE_RECEIPT;
    for (const part of [
      statement,
      contentHash,
      "A-2026-000042",
      "陈若川，法务",
      "青禾网络（UIN 100023847）",
      "3.2 版",
      "2026年3月9日 14:05（北京时间）",
      `${origin}/zh-CN/receipts/A-2026-000042`,
    ])
      expect(text).toContain(part);
  });

  test("P04: a disagreement is never worded as consent", async () => {
    for (const locale of LOCALES) {
      const { subject, text } = await renderBroadcastMail(
        receipt({ answer: "disagreed", reason: "面向儿童", statement: "不同意" }),
        sender(locale),
      );
      expect(subject).toMatch(/不同意|Disagreed/);
      expect(text).not.toMatch(/已确认|Acknowledged/);
      expect(text).toContain("面向儿童");
    }
  });

  test("P04: who disagrees is told to stop: before the version takes effect, or at once when it has", async () => {
    const disagreed = { answer: "disagreed", statement: "不同意" } as const;
    const early = await renderBroadcastMail(receipt(disagreed), sender("zh-CN"));
    expect(early.text).toContain("请在生效前停止接入和使用");
    const answeredAt = SAMPLE_RECEIPT.effectiveAt;
    const late = await renderBroadcastMail(receipt({ ...disagreed, answeredAt }), sender("zh-CN"));
    expect(late.text).toContain("请立即停止接入和使用");
  });

  test("its subject names no person and no account", async () => {
    const { subject } = await renderBroadcastMail(receipt(), sender("zh-CN"));
    expect(subject).not.toMatch(/陈若川|青禾|100023847/);
  });
});

describe("a sign-in mail", () => {
  test("has a link and a code in two groups, and how long they work", async () => {
    const { text } = await renderSignInMail(SIGN_IN);
    expect(text).toContain(`登录 ${SIGN_IN.link}`);
    expect(text).toContain("验证码：4071 8263");
    expect(text).toContain("10 分钟内有效，只能用一次");
    expect(text).toContain("需要您答复的政策变更");
  });

  test("shows neither the code nor the reader on a locked screen", async () => {
    const { subject, html } = await renderSignInMail(SIGN_IN);
    const preview = /data-skip-in-text="true">([^<]*)/.exec(html)?.[1] ?? "";
    for (const part of [subject, preview]) expect(part).not.toMatch(/\d{4}|@/);
  });

  test("never repeats the path somebody else may have asked for", async () => {
    const { html, text } = await renderSignInMail({
      ...SIGN_IN,
      returnPath: "/zh-CN/call-this-number",
    });
    expect(html + text).not.toContain("call-this-number");
  });

  test("leads nowhere in particular when nothing was asked for", async () => {
    const { text } = await renderSignInMail({ ...SIGN_IN, returnPath: "" });
    expect(text).not.toContain("登录后将打开");
  });
});

test("facts and names are text, never markup", async () => {
  const evil = '<b onclick="x">&amp;</b>';
  const told = change({
    documentTitle: { "zh-CN": evil },
    changes: [{ text: { "zh-CN": evil }, anchor: null }],
  });
  const rendered = await renderBroadcastMail(told, sender("zh-CN"));
  const { html, text } = personalise(rendered, { name: evil, accounts: evil, apps: evil });
  expect(html).not.toContain("<b ");
  expect(html).toContain("1</td>");
  expect(count(html, "&lt;b onclick=&quot;x&quot;&gt;&amp;amp;&lt;/b&gt;")).toBeGreaterThanOrEqual(
    3,
  );
  expect(text).toContain(`${evil}，您好`);
  // A line of the change list is Markdown, in which "&amp;" is an ampersand.
  expect(text).toContain(`1. ${evil.replace("&amp;", "&")}`);
  const proof = await renderBroadcastMail(
    receipt({ statement: evil, personName: evil }),
    sender("en"),
  );
  expect(proof.html).not.toContain("<b ");
});

test("every template of the catalogue is in the preview", () => {
  expect(new Set(PREVIEWS.map(({ template }) => template))).toEqual(
    new Set(Object.keys(CATALOGUE)),
  );
});

test("the draft of a notice is previewed while a measure has neither time nor text", async () => {
  const parts = {
    ...SAMPLE_INCIDENT.parts,
    measures: [{ state: "taken" as const, at: "", text: {} }],
  };
  const told: Told = { kind: "incident_notice", facts: { ...SAMPLE_INCIDENT, parts } };
  const { text } = await renderBroadcastMail(told, sender("en"));
  expect(text).toContain("time not given yet");
});
