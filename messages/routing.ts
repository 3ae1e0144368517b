import { defineRouting } from "next-intl/routing";

import { LOCALES } from "@/db/vocabulary";

/** The language is the first part of every page's address, so that a link shows everybody the same text. */
export const routing = defineRouting({
  locales: LOCALES,
  defaultLocale: "zh-CN",
  localePrefix: "always",
  localeCookie: { maxAge: 365 * 24 * 60 * 60, sameSite: "lax" },
});
