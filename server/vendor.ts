import "server-only";

import type { Locale } from "@/db/vocabulary/languages";
import { setting } from "@/lib/env";

/** The company that gives notice, in the reader's language. */
export function vendorName(locale: Locale): string {
  return setting(locale === "zh-CN" ? "VENDOR_NAME_ZH" : "VENDOR_NAME_EN") ?? "";
}
