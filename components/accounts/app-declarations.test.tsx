import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import type { DeclarationHistory, Declarations } from "@/domain/accounts/declarations";
import type { AccountApp } from "@/domain/accounts/list-apps";
import { MESSAGES } from "@/messages";
import { beijing } from "@/tests/support/context";

import { SyncedNote } from "./account-fields";
import { AppDeclarations, DeclarationForm } from "./app-declarations";

const AT = beijing("2026-11-30 10:00");
const SHORT = { isOfAge: true, isForChildren: true, hasGuardianConsent: false };
const DECLARED: Declarations = {
  minors: { answer: SHORT, applies: true, revision: 2, declaredAt: AT },
  eea: null,
};
const HISTORY: DeclarationHistory = [
  { topic: "minors", answer: SHORT, applies: true, revision: 2 },
  { topic: "minors", answer: { isOfAge: true, isForChildren: false }, applies: false, revision: 1 },
].map((one) => ({ ...one, topic: "minors", declaredAt: AT, declaredByName: "林知远" }));

const appWith = (declarations: Declarations): AccountApp => ({
  ...{ id: "p", accountId: "a", productId: "r", sdkAppId: "1400001287", name: "轻语" },
  ...{ apiOnly: true, region: "cn", createdAt: AT, closedAt: null, platforms: [], declarations },
  productNames: { "zh-CN": "即时通信", en: "Instant Messaging" },
});

const markup = (what: React.ReactNode, locale: Locale = "zh-CN") =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={MESSAGES[locale]} timeZone="Asia/Shanghai">
      {what}
    </NextIntlClientProvider>,
  );
const words = (html: string) => html.replaceAll(/<[^>]*>/g, "").replaceAll("&#x27;", "'");

test.each(LOCALES)(
  "P37, P49: a member reads what holds, by which article and whom, what is lacking, what was before, and what was not declared, in %s",
  (locale) => {
    const text = words(
      markup(<AppDeclarations app={appWith(DECLARED)} history={HISTORY} />, locale),
    );
    const said = MESSAGES[locale].accounts.declarations;
    for (const part of [
      said.result.minors.yes,
      said.article.pipl31,
      said.short.hasGuardianConsent,
      said.result.eea.none,
      said.earlier.replace("{count}", "1"),
      "林知远",
    ])
      expect(text).toContain(part);
  },
);

test("P37, P49: nothing is chosen before an owner chooses it, and what was declared is", () => {
  const form = (declarations: Declarations) =>
    markup(
      <DeclarationForm
        app={appWith(declarations)}
        history={[]}
        undeclaredOthers={0}
        action={async (state) => Promise.resolve(state)}
      />,
    );
  expect(form({ minors: null, eea: null }).match(/ checked=""/g)).toBeNull();
  expect(form(DECLARED).match(/ checked=""/g)).toHaveLength(3);
});

test("a form of an account that the console keeps says what becomes of a change; of another it says nothing", () => {
  for (const of of ["apps", "members", "name"] as const) {
    const note = (syncRevision: number | null) =>
      words(markup(<SyncedNote account={{ syncRevision }} of={of} />));
    expect(note(7)).toBe(MESSAGES["zh-CN"].accounts.synced[of]);
    expect(note(null)).toBe("");
  }
});
