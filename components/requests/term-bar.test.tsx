import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import type { Locale } from "@/db/vocabulary/languages";
import { type Calendar, termDays } from "@/domain/calendar/due-date";
import { MESSAGES } from "@/messages";
import { beijing } from "@/tests/support/context";

import { TermBar } from "./term-bar";

const CALENDAR: Calendar = { completeYears: new Set([2026]), days: new Map() };

/** Received on Monday 23 November 2026, due three weeks later. */
function drawn(
  today: string,
  { locale = "zh-CN" as Locale, wide = false, dueDate = "2026-12-14" } = {},
) {
  const term = termDays(CALENDAR, { receivedDay: "2026-11-23", dueDate, today });
  const startedAt = beijing("2026-11-23 10:00");
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={MESSAGES[locale]} timeZone="Asia/Shanghai">
      <TermBar term={term} {...(wide && { wide: { startedAt, isAppeal: false, dueDate } })} />
    </NextIntlClientProvider>,
  );
}

const count = (markup: string, look: string) => markup.split(look).length - 1;

test("P47: the bar is an image that says in words how many working days have passed and are left", () => {
  const bar = drawn("2026-11-27");
  expect(bar).toContain('role="img" aria-label="15 个工作日，已过 4 个，还剩 11 个"');
  expect(count(bar, "fill-action")).toBe(4);
  expect(count(bar, "fill-track")).toBe(11);
  expect(drawn("2026-11-27", { locale: "en" })).toContain("15 working days: 4 passed, 11 left");
});

test("what is late goes on beyond the limit in the colour of danger, and says by how much", () => {
  const bar = drawn("2026-12-16");
  expect(bar).toContain('aria-label="15 个工作日已过，逾期 2 个工作日"');
  expect(count(bar, "fill-danger")).toBe(2);
  expect(drawn("2026-12-15", { locale: "en" })).toContain("1 working day late");
});

test("however late it is, the term itself stays readable and the words count on", () => {
  const bar = drawn("2027-06-30");
  expect(count(bar, "fill-danger")).toBe(6);
  expect(bar).toContain("逾期 142 个工作日");
});

test("days of a year whose holidays are not known are hatched", () => {
  const bar = drawn("2026-12-14", { dueDate: "2027-01-05" });
  expect(count(bar, 'fill="url(#')).toBe(3);
});

test("where there is room it carries its words: from when, today, until when", () => {
  const words = drawn("2026-11-27", { wide: true }).replaceAll(/<[^>]*>/g, " ");
  expect(words).toMatch(/今天.*收到 +11月23日.*最迟答复 +12月14日/);
});
