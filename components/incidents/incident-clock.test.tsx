import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import type { Locale } from "@/db/vocabulary/languages";
import { MESSAGES } from "@/messages";
import { beijing } from "@/tests/support/context";

import { IncidentClock } from "./incident-clock";

const DISCOVERED = beijing("2026-11-28 09:00");
type Moments = Partial<Record<"dueAt" | "toldAt" | "containedAt" | "resolvedAt", Date>>;

function drawn(moments: Moments, locale: Locale = "zh-CN") {
  const none = { toldAt: null, containedAt: null, resolvedAt: null };
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={MESSAGES[locale]} timeZone="Asia/Shanghai">
      <IncidentClock
        {...none}
        {...moments}
        discoveredAt={DISCOVERED}
        now={beijing("2026-11-28 19:00")}
      />
    </NextIntlClientProvider>,
  );
}

const words = (markup: string) => markup.replaceAll(/<[^>]*>/g, " ");

const KEPT = {
  dueAt: beijing("2026-11-28 11:00"),
  toldAt: beijing("2026-11-28 10:15"),
  containedAt: beijing("2026-11-28 14:00"),
  resolvedAt: beijing("2026-11-29 19:30"),
};

test("P17: the clock says how long after discovery each thing happened, and by when the first notice was due", () => {
  const clock = drawn(KEPT);
  expect(words(clock)).toMatch(
    /首次通知 .*10:15 .*发现后 1 小时 15 分钟 .*首次通知时限 .*发现后 2 小时 .*控制 .*发现后 5 小时 .*解决 .*发现后 1 天 10 小时/,
  );
  expect(words(drawn(KEPT, "en"))).toContain("1 hour 15 minutes after discovery");
});

test("the image says in words what its shapes show", () => {
  expect(drawn(KEPT)).toMatch(
    /role="img" aria-label="时间轴; 发现 2026-11-28 09:00; 首次通知 2026-11-28 10:15, 发现后 1 小时 15 分钟;/,
  );
});

test("P17: a notice that kept its target is drawn apart from one that did not, by shape and colour", () => {
  expect(drawn(KEPT)).not.toContain("-danger");
  const late = drawn({ ...KEPT, toldAt: beijing("2026-11-28 12:00") });
  expect(late).toContain("fill-danger");
  expect(late).toContain("M6 1 11 10.5H1z");
  expect(drawn({ dueAt: KEPT.dueAt })).toContain("fill-danger");
});

test("without a limit nothing is said of one, and without an end the axis stays open until now", () => {
  const open = drawn({ toldAt: KEPT.toldAt });
  expect(words(open)).not.toContain("时限");
  expect(open).not.toContain("-danger");
  expect(open).toMatch(/<path d="M14\.5 \d+V146" stroke-dasharray/);
});
