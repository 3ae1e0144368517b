import { expect, test } from "vitest";

import { findReceipt } from "@/domain/policies/own-answers";
import { readCopy } from "@/domain/policies/read-copy";
import { STATEMENT, giveAnswer } from "@/tests/support/answers";
import { acting } from "@/tests/support/context";
import { givenAccount, givenMember } from "@/tests/support/people";
import { givenMajorChange } from "@/tests/support/policies";

import { receiptDocument } from "./receipt-document";

const MORNING = "2026-03-03 10:00";

/** The page of an answer to a major change, in one of the languages. */
async function given(answer: "acknowledged" | "disagreed", locale: "zh-CN" | "en" = "zh-CN") {
  const { next, slug, productId } = await givenMajorChange();
  const account = await givenAccount({ productId });
  const owner = await givenMember(account.id, "owner");
  const ctx = acting(owner, MORNING);
  const { receiptNumber } = await giveAnswer(owner, next, { accountId: account.id, answer });
  const receipt = await findReceipt(ctx, { receiptNumber });
  const asked = { slug, label: receipt.label, locale: receipt.locale, hash: receipt.contentHash };
  const html = await receiptDocument({
    ...{ receipt, locale, vendor: "云桥", now: ctx.now },
    copy: await readCopy(ctx, asked),
    ways: [{ place: "android", text: { "zh-CN": "调用 <unInit>。" } }],
  });
  return { html, receipt };
}

test("P04: a receipt as a page holds the sentence, who and when, the fingerprint, the changes and the whole text that was answered", async () => {
  const { html, receipt } = await given("acknowledged");
  for (const part of [
    receipt.receiptNumber,
    STATEMENT,
    receipt.personName,
    receipt.accountName,
    "2026年3月3日 10:00（北京时间）",
    receipt.contentHash,
    "新增设备信息的用途说明。",
    "我们重视您的<strong>个人信息</strong>,并新增了接收方。",
    "该版本的全文和变更说明可以随时查阅",
  ])
    expect(html).toContain(part);
  expect(html).not.toMatch(/<(script|img|iframe|link|object|form)\b|src=|url\(/i);
});

test("P04, P30: who disagreed reads how to stop, in the vendor's words, and never that they agreed", async () => {
  const { html } = await given("disagreed");
  expect(html).toContain("请在这个版本生效前停止接入和使用相关服务");
  expect(html).toContain("<dt>Android</dt><dd>调用 &lt;unInit&gt;。</dd>");
  expect(html).toContain("/zh-CN/account/deregistration");
  expect(html).not.toContain("确认并接受</dd>");
});

test("in English its words are English, and the sentence stays as it was shown", async () => {
  const { html } = await given("acknowledged", "en");
  expect(html).toContain('<html lang="en">');
  expect(html).toContain("Receipt");
  expect(html).toContain(`lang="zh-CN">${STATEMENT}</blockquote>`);
});
