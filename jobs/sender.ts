import type { Locale } from "@/db/vocabulary/languages";
import { env } from "@/lib/env";

/** What every mail says about who sends it and where it leads. */
export function sender(locale: Locale) {
  const { APP_ORIGIN, VENDOR_NAME_ZH, VENDOR_NAME_EN, PRIVACY_CONTACT } = env();
  return {
    locale,
    origin: APP_ORIGIN,
    vendor: locale === "zh-CN" ? VENDOR_NAME_ZH : VENDOR_NAME_EN,
    contact: PRIVACY_CONTACT,
  };
}
