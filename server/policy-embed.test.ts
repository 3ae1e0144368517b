import { beforeAll, expect, test } from "vitest";

import { ANONYMOUS } from "@/domain/context";
import { readCopy } from "@/domain/policies/read-copy";
import { beijing } from "@/tests/support/context";
import { type Desk, givenApproved, givenDesk, withdraw } from "@/tests/support/policies";
import { parsePolicyText } from "@/text/parse-text";
import { writeHtml } from "@/text/write-html";

import { policyEmbed } from "./policy-embed";

const TEXT = `# 一、引言

我们收集**精确位置**，见[官网](https://x.example/?a=1&b=2)和[一](#sec-1)，甲<乙&"丙"。

## （一）清单

1. 甲
   - 乙

| 信息 | 目的 |
| --- | --- |
| **人脸特征** | 核验 |
`;
const stranger = { actor: ANONYMOUS, now: beijing("2026-02-01 09:00") };
const page = "https://x.example/zh-CN/policies/g/1.0";
const shown = async (desk: Desk, label: string, locale: "zh-CN" | "en" = "zh-CN") =>
  policyEmbed(await readCopy(stranger, { slug: desk.slug, label, locale }), {
    ...{ vendor: "云桥", page },
  });

let desk: Desk;
beforeAll(async () => {
  desk = await givenDesk();
  await givenApproved(desk, { text: TEXT });
});

test("P03, P05: the page to embed holds the text with its bold, its standing and the citation", async () => {
  const html = await shown(desk, "1.0");
  expect(html).toContain("<strong>精确位置</strong>");
  expect(html).toContain("<td><strong>人脸特征</strong></td>");
  expect(html).toContain("1.0 版 · 自2026年1月5日起生效");
  expect(html).toMatch(
    /云桥《隐私保护指引》1\.0 版，自2026年1月5日起生效，https:.*sha256:[0-9a-f]{64}/,
  );
});

test("P03: it runs no script, loads nothing, and its links open outside of the frame", async () => {
  const html = await shown(desk, "1.0");
  expect(html).not.toMatch(/<(script|img|iframe|form|object)\b|\son\w+=|src=|url\(/i);
  expect(html).toContain("甲&lt;乙&amp;&quot;丙&quot;");
  expect(writeHtml(parsePolicyText("<script>alert(1)</script>"))).toBe(
    '<p id="sec-0-p1">&lt;script&gt;alert(1)&lt;/script&gt;</p>',
  );
  expect(html).toContain(
    '<a href="https://x.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">官网</a>',
  );
  expect(html).toContain('<a href="#sec-1">一</a>');
});

test("P03: a version that was withdrawn says so, and one without a translation is shown in its own language", async () => {
  const other = await givenDesk();
  await givenApproved(other);
  const next = await givenApproved(other, { label: "2.0", effectiveDate: "2026-06-01" });
  await withdraw(other, next);
  const now = beijing("2026-03-06 09:00");
  const asked = { slug: other.slug, label: "2.0", locale: "en" as const };
  const html = await policyEmbed(await readCopy({ ...stranger, now }, asked), {
    ...{ vendor: "云桥", page },
  });
  expect(html).toContain('<html lang="zh-CN">');
  expect(html).toContain("2.0 版 · 生效前撤回");
});
