import "server-only";

import { getLocale, getTranslations } from "next-intl/server";

import type { ImportedText } from "@/text/import-text";
import { formatNumber } from "@/lib/format";

import type { Outcome } from "./action";

type Imported = Pick<ImportedText, "format" | "warnings"> & { characters: number };

/** What came in from a file: its format, how many characters, and what its author should look at. */
export async function importReport({ format, warnings, characters }: Imported): Promise<Outcome> {
  const [t, say, locale] = await Promise.all([
    getTranslations("policies.ops.import"),
    getTranslations(),
    getLocale(),
  ]);
  return {
    messageKey: "policies.browser.imported",
    values: {
      format: t(`format.${format}`),
      characters: formatNumber(characters, locale),
      warnings: warnings.map((key) => say(key)).join(""),
    },
  };
}
