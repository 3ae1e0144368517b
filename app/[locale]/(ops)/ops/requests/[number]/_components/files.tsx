import { useLocale, useTranslations } from "next-intl";

import { buttonClass } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { at, withLanguage } from "@/lib/addresses";
import { formatFileSize } from "@/lib/format";

import { type RequestParts } from "./request-parts";

/** The proof, by name; each is downloaded, never shown in the page. */
export function Files({ found }: RequestParts) {
  const t = useTranslations("requests.desk.case");
  const locale = useLocale();
  return (
    <Section title={t("files")} note={found.files.length > 0 && t("filesNote")}>
      {found.files.length === 0 ? (
        <p className="text-ink-muted">{t("noFiles")}</p>
      ) : (
        <ul>
          {found.files.map(({ id, name, size, scannedAt }) => (
            <li
              key={id}
              className="border-line flex flex-wrap items-center gap-x-3 gap-y-1 border-b py-2"
            >
              <bdi className="min-w-0 wrap-anywhere">{name}</bdi>
              <span className="text-small text-ink-muted">
                {formatFileSize(size, locale)} · {t(scannedAt ? "scanned" : "notScanned")}
              </span>
              <a
                href={withLanguage(locale, at("/ops/requests/*/files/*", found.number, id))}
                download
                className={`ml-auto ${buttonClass({ size: "sm" })}`}
              >
                {t("open")}
                <span className="sr-only">{name}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
