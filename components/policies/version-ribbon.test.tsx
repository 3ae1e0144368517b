import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import type { Locale } from "@/db/vocabulary/languages";
import { MESSAGES } from "@/messages";
import { beijing } from "@/tests/support/context";

import { VersionRibbon } from "./version-ribbon";

const version = (label: string, rest: object) => ({
  ...{ id: label, label, effectiveAt: null, archivedAt: null },
  ...(rest as { status: "archived" | "in_force" | "scheduled" | "withdrawn" | "draft" }),
});

const VERSIONS = [
  version("4.0", { status: "draft" }),
  version("3.0", { status: "scheduled", effectiveAt: beijing("2026-05-01 00:00") }),
  version("2.1", { status: "withdrawn", effectiveAt: beijing("2026-03-20 00:00") }),
  version("2.0", { status: "in_force", effectiveAt: beijing("2026-03-01 00:00") }),
  version("1.0", {
    ...{ status: "archived", effectiveAt: beijing("2026-01-01 00:00") },
    archivedAt: beijing("2026-03-01 00:00"),
  }),
];

function drawn(locale: Locale = "zh-CN", shownId?: string, versions = VERSIONS) {
  const now = beijing("2026-04-01 00:00");
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={MESSAGES[locale]} timeZone="Asia/Shanghai">
      <VersionRibbon {...{ versions, now }} {...(shownId && { shownId })} />
    </NextIntlClientProvider>,
  );
}

const count = (markup: string, look: string) => markup.split(look).length - 1;

test("P02: the ribbon says in words which version held from when to when; drafts and what was withdrawn never held", () => {
  expect(drawn()).toContain(
    'aria-label="各版本的时间：1.0 版 2026年1月1日 至 2026年3月1日；2.0 版自 2026年3月1日 起生效；3.0 版将自 2026年5月1日 起生效"',
  );
  expect(drawn("en")).toContain(
    "version 1.0 from 1 Jan 2026 to 1 Mar 2026; version 2.0 in force since 1 Mar 2026; version 3.0 from 1 May 2026 on",
  );
});

test("what is over is an outline, what is in force is full, what is scheduled is hatched, true to scale", () => {
  const ribbon = drawn();
  // From 1 January to 1 May are 120 days; an eighth more lies behind.
  expect(ribbon).toMatch(/x="0%" width="43.9%" class="fill-track/);
  expect(ribbon).toMatch(/x="43.9%" width="45.39%" class="fill-action"/);
  expect(ribbon).toMatch(/x="89.29%" width="10.71%" fill="url/);
  expect(ribbon).toMatch(/<rect x="66.96%" y="0" width="2"/);
});

test("the version that is read is marked; where none ever held there is nothing to draw", () => {
  expect(count(drawn("zh-CN", "1.0"), "font-semibold")).toBe(count(drawn(), "font-semibold") + 1);
  expect(drawn("zh-CN", undefined, VERSIONS.slice(0, 1))).toBe("");
});
