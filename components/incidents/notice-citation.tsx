import { useLocale, useTranslations } from "next-intl";

import { CopyButton } from "@/components/ui/copy-button";
import type { IncidentNoticeFacts } from "@/domain/broadcasts/facts";
import { formatDateTime } from "@/lib/format";

type Props = {
  facts: IncidentNoticeFacts;
  vendor: string;
  /** The lasting address of the incident's page. */
  address: string;
};

/** One sentence that names exactly this notice: its number, its time, its fingerprint. */
export function NoticeCitation({ facts, vendor, address }: Props) {
  const t = useTranslations("incidents.notice");
  const locale = useLocale();
  const { incidentNumber: number, sequence, publishedAt, contentHash: hash } = facts;
  const text = t("citation", {
    ...{ vendor, number, sequence, hash },
    at: formatDateTime(publishedAt, locale),
    address: `${address}#notice-${sequence}`,
  });
  return (
    <section className="text-small mt-5 break-inside-avoid leading-5.5">
      <h4 className="text-ink-muted font-normal">{t("cite")}</h4>
      <p className="bg-sunken mt-1 flex items-start gap-2 rounded-md px-3 py-2 print:bg-transparent print:p-0">
        <span className="min-w-0 flex-1 wrap-anywhere">{text}</span>
        <CopyButton text={text} label={t("copyCitation")} />
      </p>
    </section>
  );
}
