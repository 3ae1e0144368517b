import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import { MESSAGES } from "@/messages";
import { beijing } from "@/tests/support/context";

import { CoolingMeter } from "./cooling-meter";

const drawn = (now: string, locale: "zh-CN" | "en" = "zh-CN") =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={MESSAGES[locale]} timeZone="Asia/Shanghai">
      <CoolingMeter executeAfter={beijing("2026-03-09 10:00")} now={beijing(now)} wide />
    </NextIntlClientProvider>,
  );
const count = (markup: string, look: string) => markup.split(look).length - 1;

test("of seven days those that are wholly over are full, from the confirmation to the closing", () => {
  const meter = drawn("2026-03-05 09:59");
  expect(meter).toContain('aria-label="冷静期 7 天，已过 2 天"');
  expect([count(meter, "fill-action"), count(meter, "fill-track")]).toEqual([2, 5]);
  expect(meter).toMatch(/确认 .*3月2日.*注销 .*3月9日/);
  expect(drawn("2026-03-05 10:00", "en")).toContain("Cooling-off of 7 days, 3 passed");
});

test("before its first day is over none is passed, and after its end no more than all", () => {
  expect(drawn("2026-03-02 10:00", "en")).toContain("7 days, none passed");
  expect(drawn("2026-03-19 10:00")).toContain("已过 7 天");
});
