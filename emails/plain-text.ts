import { toPlainText } from "react-email";

import type { Locale } from "@/db/vocabulary/languages";

const COLON: Record<Locale, string> = { "zh-CN": "：", en: ": " };

/**
 * The plain text of a rendered mail: every word and every address of the HTML. What stands in cells
 * side by side there (`data-text`) stands in one line here.
 */
export function plainTextOf(html: string, locale: Locale): string {
  return toPlainText(html, {
    selectors: [
      ...["h1", "h2"].map((selector) => ({ selector, options: { uppercase: false } })),
      { selector: "[data-text=row]", format: "block", options: LINE },
      inLine("sender", " · "),
      inLine("term", COLON[locale]),
      inLine("number", ". "),
      inLine("value", ""),
    ],
  });
}

const LINE = { leadingLineBreaks: 1, trailingLineBreaks: 1 };

function inLine(part: string, suffix: string) {
  return { selector: `[data-text=${part}]`, format: "inlineSurround", options: { suffix } };
}
