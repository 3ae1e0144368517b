import type { Locale } from "@/db/vocabulary/languages";
import type { VersionStatus } from "@/db/vocabulary/policies";
import { formatDate } from "@/lib/format";
import { translator } from "@/messages/translator";

export type Cited = {
  vendor: string;
  title: string;
  label: string;
  status: VersionStatus;
  effectiveAt: Date | null;
  archivedAt: Date | null;
  /** The lasting address of this version. */
  address: string;
  contentHash: string | null;
};

/** One sentence that names exactly one version: on its page, in print and where it is embedded (P03). */
export function citationOf(cited: Cited, locale: Locale): string {
  const t = translator(locale, "policies");
  const { vendor, title, label, address, contentHash: hash } = cited;
  const words = { vendor, title, label, address, period: periodOf(cited, locale) };
  return hash ? t("citation.text", { ...words, hash }) : t("citation.textPlain", words);
}

/** Since when it holds, or held, or that it never did. */
export function periodOf(
  { status, effectiveAt, archivedAt }: Pick<Cited, "status" | "effectiveAt" | "archivedAt">,
  locale: Locale,
): string {
  const t = translator(locale, "policies");
  if (status === "withdrawn" || !effectiveAt) return t("citation.withdrawn");
  const date = formatDate(effectiveAt, locale);
  if (status === "scheduled") return t("citation.scheduled", { date });
  if (!archivedAt) return t("citation.inForce", { date });
  return t("citation.archived", { from: date, to: formatDate(archivedAt, locale) });
}
