import { createTranslator } from "next-intl";

import type { Locale } from "@/db/vocabulary/languages";

import { MESSAGES, type Messages } from ".";

/**
 * The words of one noun outside a request: mails, titles of lists, scripts. A server component
 * inside a page takes useTranslations instead.
 * @throws IntlError when a key or a value is missing: a bug, and never a mail with a key in it.
 */
export function translator<const Noun extends keyof Messages>(locale: Locale, noun: Noun) {
  return createTranslator<Messages, Noun>({
    locale,
    messages: MESSAGES[locale],
    namespace: noun,
    onError(error) {
      throw error;
    },
  });
}
