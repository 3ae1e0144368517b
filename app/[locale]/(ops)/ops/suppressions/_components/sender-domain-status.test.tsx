import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { readOwnSenderDomain } from "@/domain/broadcasts/sender-domain";
import { type RecordState, type SenderDomain } from "@/lib/sender-domain";
import { MESSAGES } from "@/messages";
import { acting } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";

import { SenderDomainStatus } from "./sender-domain-status";

const shown = (domain: SenderDomain | null, locale: Locale) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={MESSAGES[locale]} timeZone="Asia/Shanghai">
      <SenderDomainStatus domain={domain} />
    </NextIntlClientProvider>,
  );
const all = (state: RecordState): SenderDomain => ({
  domain: "yunqiao.example",
  ...{ spf: state, dkim: state, dmarc: state },
});
const name = "name.yunqiao.example";

test.each(LOCALES)(
  "each state of each record is said in words, with what to do, in %s",
  (locale) => {
    const { is, nothing, missing, wrong, again } = MESSAGES[locale].broadcasts.senderDomain;
    const texts: [RecordState, string, string[]][] = [
      [{ name, state: "found", text: "v=spf1 ~all" }, is.found, [nothing, "v=spf1 ~all"]],
      [{ name, state: "missing" }, is.missing, Object.values(missing)],
      [{ name, state: "wrong", text: "v=DMARC1 <b>" }, is.wrong, Object.values(wrong)],
      [
        { name, state: "unasked", why: "ETIMEOUT" },
        is.unasked,
        [again.replace("{why}", "ETIMEOUT")],
      ],
    ];
    for (const [state, word, todos] of texts) {
      const markup = shown(all(state), locale);
      expect(markup.split(`>${word}<`)).toHaveLength(4);
      for (const todo of [...todos, name]) expect(markup).toContain(todo.replaceAll("<", "&lt;"));
      expect(markup).not.toContain("<b>");
    }
  },
);

test("outside of production nothing is looked up, and the page says so", async () => {
  const ctx = acting(await givenStaff("admin"), "2026-11-20 12:00");
  expect(await readOwnSenderDomain(ctx, {})).toBeNull();
  expect(shown(null, "zh-CN")).toContain(MESSAGES["zh-CN"].broadcasts.senderDomain.elsewhere);
});
