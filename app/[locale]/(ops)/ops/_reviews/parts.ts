import { type Locale, LOCALES } from "@/db/vocabulary/languages";
import { translator } from "@/messages/translator";

/** One thing that was judged, in words. `key` where the words alone do not tell one state from another. */
export type Part = { name: string; lang?: Locale; text: string; key?: string };

type Changed = Omit<Part, "text" | "key"> & { before: string; after: string };

/**
 * The parts that are different: both lists come from one function, so a part has one name in both. A
 * part that was not kept when it was judged is left out, for nobody knows what it was.
 */
export function changedParts(before: readonly Part[], after: readonly Part[]): Changed[] {
  return after.flatMap(({ text, key = text, ...part }) => {
    const was = before.find(({ name }) => name === part.name);
    if (!was || (was.key ?? was.text) === key) return [];
    return [{ ...part, before: was.text, after: text }];
  });
}

/** A part in each language. */
export function inEachLanguage(
  locale: Locale,
  label: string,
  read: (lang: Locale) => string | undefined,
): Part[] {
  const t = translator(locale, "ui");
  return LOCALES.map((lang) => ({
    name: t(`bilingual.${lang}`, { label }),
    lang,
    text: read(lang)?.trim() ?? "",
  }));
}

export const numbered = (rows: readonly string[]): string =>
  rows.map((row, index) => `${index + 1}. ${row}`).join("\n");
