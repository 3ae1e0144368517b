import compile from "icu-minify/compile";
import { _createCache, _createIntlFormatters } from "use-intl/core";
import formatWhole from "use-intl/format-message";
import { expect, test } from "vitest";

import { type Locale, LOCALES } from "@/db/vocabulary/languages";

import { MESSAGES } from ".";
import formatMessage from "./format-message";

type Words = { [key: string]: string | Words };

const sentences = (words: Words, at = ""): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[at + key, value] as [string, string]]
      : sentences(value, `${at}${key}.`),
  );

const options = (locale: Locale) => {
  const cache = _createCache();
  return { cache, formatters: _createIntlFormatters(cache), locale, timeZone: "Asia/Shanghai" };
};

/** Something for each name in the sentence; every choice that it makes is made by one of several. */
function valuesFor(sentence: string): Record<string, unknown>[] {
  const named = [...sentence.matchAll(/\{\s*(\w+)\s*(?:,\s*(\w+))?/g)];
  const tags = [...sentence.matchAll(/<(\w+)>/g)].map(([, tag = ""]) => tag);
  const choices = [...sentence.matchAll(/([\w=]+)\s*\{/g)].map(([, choice = ""]) => choice);
  const amounts = named.some(([, , kind]) => kind) ? ["0", "1", "2", "11", "1234.5"] : [];
  return ["none of them", ...new Set(choices), ...amounts].map((chosen) =>
    Object.fromEntries([
      ...named.map(([, name = "", kind]) => [
        name,
        kind === undefined || kind === "select" ? chosen : Number.parseFloat(chosen) || 0,
      ]),
      ...tags.map((tag) => [tag, (parts: unknown) => `[${String(parts)}]`]),
    ]),
  );
}

for (const locale of LOCALES)
  test(`every sentence reads the same in pages as in mails, in ${locale}`, () => {
    const [whole, taken] = [options(locale), options(locale)];
    const different: string[] = [];
    const all = sentences(MESSAGES[locale]);
    for (const [key, sentence] of all) {
      const compiled = compile(sentence);
      for (const values of valuesFor(sentence) as Parameters<typeof formatMessage>[2][]) {
        const expected = formatWhole(key, sentence, values, whole);
        if (formatMessage(key, compiled, values, taken) !== expected) different.push(key);
      }
    }
    expect(all.length).toBeGreaterThan(1_000);
    expect(different).toEqual([]);
  });

test("a sentence without its value is a fault, not a sentence", () => {
  const compiled = compile("{count} of {total}");
  const missing = () => formatMessage("key", compiled, { count: 1 }, options("en"));
  expect(missing).toThrow("no value for total");
});
