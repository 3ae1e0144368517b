import { defineRouting } from "next-intl/routing";

import { LOCALES } from "@/db/vocabulary/languages";

/** The language is the first part of every page's address, so that a link shows everybody the same text. */
export const routing = defineRouting({
  locales: LOCALES,
  defaultLocale: "zh-CN",
  localePrefix: "always",
  // They would be built from the request's host, which is not ours to trust.
  alternateLinks: false,
});

/** The reader's choice of language, in their browser only; it decides where an address without one leads. */
export const LOCALE_COOKIE = "NEXT_LOCALE";
