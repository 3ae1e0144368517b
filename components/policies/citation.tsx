import { useLocale, useTranslations } from "next-intl";

import { CopyButton, CopyLine } from "@/components/ui/copy-button";
import { escapeHtml } from "@/lib/mail-template";
import { type Cited, citationOf } from "@/wording/citation";

/** One sentence that names exactly this version, to paste into a contract or a letter, and the way to embed it (P03). */
export function Citation(cited: Cited) {
  const t = useTranslations("policies.citation");
  const locale = useLocale();
  const text = citationOf(cited, locale);
  const { title, label, address } = cited;
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
      <details className="mt-3 print:hidden">
        <summary className="text-link inline-block min-h-6 cursor-pointer">{t("embed")}</summary>
        <p className="text-ink-muted mt-2">{t("embedNote")}</p>
        <CopyLine
          text={snippetOf({ address: `${address}.html`, title: t("embedTitle", { title, label }) })}
          label={t("embedCopy")}
        />
      </details>
    </section>
  );
}

/** The title is staff's, and goes into an attribute of somebody else's page. */
const snippetOf = ({ address, title }: { address: string; title: string }): string =>
  `<iframe src="${escapeHtml(address)}" title="${escapeHtml(title)}" width="100%" height="640" loading="lazy" style="border:0"></iframe>`;
