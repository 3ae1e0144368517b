import type { Locale } from "@/db/vocabulary/languages";
import { translator } from "@/messages/translator";

type Words = { kind: string; isMajor?: boolean; title: string };

/** "【政策变更】【重大】…": what it is comes first, because that is what a mail client cuts last. */
export function subjectOf(locale: Locale, { kind, isMajor = false, title }: Words): string {
  const t = translator(locale, "emails");
  if (!isMajor) return t("subject", { kind, title });
  return t("subjectMajor", { kind, title, major: translator(locale, "broadcasts")("kind.major") });
}
