/** A text and the language it is in, which its `lang` attribute must name when it is not the page's. */
export type Localized<Locale extends string> = { text: string; locale: Locale };

/**
 * The text in the reader's language, else in the first other language that has one: a missing
 * translation shows the binding text rather than nothing. Empty text counts as missing.
 */
export function localized<Locale extends string>(
  texts: Partial<Record<Locale, string>>,
  locale: Locale,
): Localized<Locale> {
  if (texts[locale]?.trim()) return { text: texts[locale], locale };
  for (const other in texts) {
    if (texts[other]?.trim()) return { text: texts[other], locale: other };
  }
  return { text: "", locale };
}

/** The language of a stored sentence that was kept without one: Chinese when it has Chinese characters. */
export function languageOf(text: string): "zh-CN" | "en" {
  return /\p{Script=Han}/u.test(text) ? "zh-CN" : "en";
}
