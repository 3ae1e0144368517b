import { hasLocale } from "next-intl";
import { getRequestConfig } from "next-intl/server";

import { MESSAGES } from "@/messages";
import { routing } from "@/messages/routing";

/** next-intl's request configuration: the locale of the address, and its words. */
export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale;
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale;
  return { locale, messages: MESSAGES[locale], timeZone: "Asia/Shanghai" };
});
