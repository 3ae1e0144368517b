import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import { LOCALES } from "@/db/vocabulary/languages";
import { MESSAGES } from "@/messages";

import { AnswerText } from "./answer-text";

const WAYS = ["appealWay", "appealWayWithoutPage", "finalWay"] as const;

test.each([
  ["a page of the request", { hasPage: true }, "appealWay"],
  ["no page of it", { hasPage: false }, "appealWayWithoutPage"],
  ["an appeal behind them", { hasPage: true, isFinal: true }, "finalWay"],
] as const)("P36: who has %s is told the way on that they have, and no other", (_, on, way) => {
  for (const locale of LOCALES) {
    const words = MESSAGES[locale].requests.answer;
    const text = renderToStaticMarkup(
      <NextIntlClientProvider locale={locale} messages={MESSAGES[locale]} timeZone="Asia/Shanghai">
        <AnswerText decision="refused" code="R-a" explanation="…" paragraphs={[]} {...on} />
      </NextIntlClientProvider>,
    );
    expect(WAYS.filter((one) => text.includes(words[one]))).toEqual([way]);
  }
});
