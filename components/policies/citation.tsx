import { useLocale, useTranslations } from "next-intl";

import { CopyButton } from "@/components/ui/copy-button";
import type { VersionStatus } from "@/db/vocabulary/policies";
import { formatDate } from "@/lib/format";

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

/** One sentence that names exactly this version, to paste into a contract or a letter (P03). */
export function Citation(cited: Cited) {
  const t = useTranslations("policies.citation");
  const text = useCitation(cited);
  return (
    <section
      aria-labelledby="citation"
      className="border-line text-small mt-8 break-inside-avoid border-t pt-5 leading-5.5"
    >
      <h2 id="citation" className="text-ui">
        {t("title")}
      </h2>
      <p className="bg-sunken mt-2 flex items-start gap-2 rounded-md px-3 py-2 print:bg-transparent print:p-0">
        <span className="min-w-0 flex-1 wrap-anywhere">{text}</span>
        <CopyButton text={text} label={t("copy")} />
      </p>
      {cited.contentHash && <p className="text-ink-muted mt-2">{t("check")}</p>}
    </section>
  );
}

function useCitation({ vendor, title, label, address, contentHash, ...period }: Cited): string {
  const t = useTranslations("policies.citation");
  const words = { vendor, title, label, address, period: usePeriod(period) };
  return contentHash ? t("text", { ...words, hash: contentHash }) : t("textPlain", words);
}

function usePeriod({
  status,
  effectiveAt,
  archivedAt,
}: Pick<Cited, "status" | "effectiveAt" | "archivedAt">): string {
  const t = useTranslations("policies.citation");
  const locale = useLocale();
  if (status === "withdrawn" || !effectiveAt) return t("withdrawn");
  const date = formatDate(effectiveAt, locale);
  if (status === "scheduled") return t("scheduled", { date });
  if (archivedAt) return t("archived", { from: date, to: formatDate(archivedAt, locale) });
  return t("inForce", { date });
}
