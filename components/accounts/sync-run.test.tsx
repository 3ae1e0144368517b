import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import type { Locale } from "@/db/vocabulary/languages";
import type { SyncRun } from "@/domain/accounts/find-sync-run";
import { MESSAGES } from "@/messages";
import { beijing } from "@/tests/support/context";

import { SyncFacts, SyncProblems } from "./sync-run";
import { SyncTable } from "./sync-table";

const SYNC: SyncRun = {
  ...{ id: "0192", createdBy: "t", token: "厂商控制台", hint: "…x7Qa", state: "refused" },
  ...{ createdAt: beijing("2026-11-29 02:00"), finishedAt: beijing("2026-11-29 02:07") },
  ...{ isDryRun: true, idempotencyKey: "nightly-2026-11-29", bodyHash: "h" },
  ...{ lines: 1203, linesDone: 1203, added: 700, changed: 0, unchanged: 0, problemCount: 1001 },
  problems: {
    rows: [
      {
        ...{ id: "1", line: 351, uin: "", pointer: "" },
        ...{ messageKey: "accounts.errors.sync.notJson", values: {} },
      },
      {
        ...{ id: "2", line: 703, uin: "100031562", pointer: "/revision" },
        ...{ messageKey: "accounts.errors.sync.revisionReused", values: { revision: 7 } },
      },
    ],
    ...{ previous: null, next: null },
  },
};

const shown = (what: React.ReactNode, locale: Locale) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={MESSAGES[locale]} timeZone="Asia/Shanghai">
      {what}
    </NextIntlClientProvider>,
  ).replaceAll(/<[^>]*>/g, " ");

test.each([
  [
    "zh-CN",
    "试运行，不写入|厂商控制台（…x7Qa）|nightly-2026-11-29|7 分钟|1,203|1,001 处|1,000|整行|这一行不是 JSON|第 7 版已经同步过|UIN 100031562",
  ],
  [
    "en",
    "Dry run, writes nothing|nightly-2026-11-29|7 minutes|1,203|1,001 errors|1,000|The whole line|This line is not JSON|Revision 7 was synced before|UIN 100031562",
  ],
] as const)(
  "a bulk says who sent it, how long it took and what is wrong in which line: %s",
  (locale, words) => {
    const text = shown(
      <>
        <SyncFacts sync={SYNC} />
        <SyncProblems sync={SYNC} most={1000} />
      </>,
      locale,
    );
    for (const word of words.split("|")) expect(text).toContain(word);
  },
);

test("what a dry run would do is not told as done, and errors come before counts", () => {
  const { problems: _, hint: __, ...listed } = SYNC;
  const row = (change: Partial<SyncRun>) =>
    shown(<SyncTable syncs={[{ ...listed, ...change }]} />, "en");
  expect(row({})).toContain("1,001 errors");
  expect(row({ state: "checked", problemCount: 0 })).toContain("700 would be new");
  expect(row({ state: "done", problemCount: 0, isDryRun: false })).toContain("700 new");
  expect(row({ token: null })).toContain("The token is gone");
});
