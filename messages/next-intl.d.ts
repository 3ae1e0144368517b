import type { Locale } from "@/db/vocabulary/languages";

import { type Messages } from ".";

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
