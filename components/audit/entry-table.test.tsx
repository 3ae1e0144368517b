import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, expect, test } from "vitest";

import { db } from "@/db/client";
import { auditEntries } from "@/db/schema";
import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { AUDIT_ACTIONS, type AuditAction, subjectOf } from "@/domain/audit/entries";
import { listAuditEntries } from "@/domain/audit/list";
import { MESSAGES } from "@/messages";
import { beijing, acting } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";

import { EntryTable } from "./entry-table";

/** Snapshots as versions before the shapes were fixed left them, and what they are read as. */
const EARLIER: readonly { action: AuditAction; before?: object; after?: object; reads: string }[] =
  [
    {
      action: "app.saved",
      before: { platforms: "android 8.1.0", closed: "yes" },
      after: { platforms: "android 8.2.0", closed: "no", sdkAppId: "1500000001" },
      reads: "保存了应用",
    },
    { action: "member.saved", before: { role: "viewer", left: true }, reads: "设为" },
    { action: "member.saved", after: { role: "owner", left: false }, reads: "设为所有者" },
    { action: "notice.returned", after: { reason: "incident_changed" }, reads: "退回草稿" },
    {
      action: "account.imported",
      after: { kind: "apps", added: 2, changed: 3 },
      reads: "新增 2，修改 3",
    },
    { action: "broadcast.started", after: { people: 7 }, reads: "7 人" },
    { action: "person.granted_role", after: { roles: ["auditor"] }, reads: "审计" },
    { action: "alarm.raised", after: { pattern: "network_guessing" }, reads: "一个网络在猜验证码" },
    { action: "contact.added", after: { contactKind: "security" }, reads: "安全联系人" },
  ];

/** The entries of one action, or all there are, as the page shows them. */
async function shown(action: AuditAction | undefined, locale: Locale): Promise<string> {
  const reader = acting(await givenStaff("auditor"), "2026-03-02 12:00");
  let html = "";
  for (let page: string | undefined, more = true; more;) {
    const { rows, next } = await listAuditEntries(reader, { action, page });
    html += renderToStaticMarkup(
      <NextIntlClientProvider locale={locale} messages={MESSAGES[locale]} timeZone="Asia/Shanghai">
        <EntryTable entries={rows} />
      </NextIntlClientProvider>,
    );
    page = next ?? undefined;
    more = next !== null;
  }
  return html;
}

type Left = { action: AuditAction; before?: unknown; after?: unknown };

const leave = (entries: readonly Left[]) =>
  db.insert(auditEntries).values(
    entries.map(({ action, before, after }) => ({
      ...{ action, before, after, subjectType: subjectOf(action), subjectId: crypto.randomUUID() },
      ...{ at: beijing("2025-03-02 12:00"), actorKind: "job" as const, actorId: "setup" },
    })),
  );

beforeAll(async () => {
  await leave(EARLIER);
});

test("entries of earlier shapes are read as what they say, with all that they hold", async () => {
  for (const { action, before, after, reads } of EARLIER) {
    const html = await shown(action, "zh-CN");
    expect(html.replaceAll(/<[^>]+>/g, ""), action).toContain(reads);
    for (const snapshot of [before, after])
      for (const key of Object.keys(snapshot ?? {})) expect(html).toContain(`&quot;${key}&quot;:`);
  }
});

test("entries stand below their days, the time of day beside each", async () => {
  const html = await shown(undefined, "zh-CN");
  expect(html.match(/scope="rowgroup"/g)).toHaveLength(1);
  expect(html).toContain(">2025-03-02<");
  expect(html).toContain('<time dateTime="2025-03-02T12:00+08:00">12:00</time>');
});

test("whatever an entry of any action holds, the page shows it in both languages", async () => {
  const entries = [undefined, { role: 7, roles: "all", people: null }].flatMap((held) =>
    AUDIT_ACTIONS.map((action) => ({ action, before: held, after: held })),
  );
  await leave(entries);
  for (const locale of LOCALES) {
    const html = await shown(undefined, locale);
    expect(html.match(/<details/g)).toHaveLength(entries.length + EARLIER.length);
    expect(html).not.toContain("sentences.");
  }
});

test("what was erased by its period is named as its kind is everywhere", async () => {
  await db.insert(auditEntries).values({
    ...{ action: "retention.purged", actorKind: "job", actorId: "purge" },
    ...{ subjectType: "retention", subjectId: "sign_in_asks", after: { count: 1, days: 30 } },
    at: beijing("2026-03-02 11:00"),
  });
  for (const [locale, name] of [
    ["zh-CN", "登录、订阅请求和输错的验证码"],
    ["en", MESSAGES.en.retention.kinds.sign_in_asks.name],
  ] as const) {
    const html = await shown("retention.purged", locale);
    expect(html).toContain(name);
    expect(html).not.toContain("sign_in_ ");
  }
});

test("a link always has words, also to what has no name", async () => {
  const reader = acting(await givenStaff("auditor"), "2026-03-02 12:00");
  const { rows } = await listAuditEntries(reader, { action: "broadcast.started" });
  const names = { "zh-CN": "", en: "" };
  const name = { names, documentId: null, accountId: null, told: null };
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={MESSAGES.en} timeZone="Asia/Shanghai">
      <EntryTable entries={rows.map((row) => ({ ...row, subject: { ...row.subject, name } }))} />
    </NextIntlClientProvider>,
  );
  expect(html).toContain("/ops/broadcasts/");
  expect(html).not.toMatch(/<a [^>]*><\/a>/);
});
