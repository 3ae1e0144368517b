import { useLocale, useTranslations } from "next-intl";

import { type Texts as Value } from "@/db/schema/incidents";
import { LOCALES } from "@/db/vocabulary/languages";

/** A text in both its languages, the binding one first; a language without one is named. */
export function Texts({ texts }: { texts: Value }) {
  const t = useTranslations("incidents.desk.texts");
  const own = useLocale();
  if (LOCALES.every((locale) => !texts[locale]?.trim()))
    return <span className="text-ink-muted">{t("none")}</span>;
  return (
    <>
      {LOCALES.map((locale) => {
        const text = texts[locale]?.trim();
        return text ? (
          <p
            key={locale}
            lang={locale === own ? undefined : locale}
            className="max-w-measure wrap-anywhere whitespace-pre-line not-first:mt-1"
          >
            {text}
          </p>
        ) : (
          <p key={locale} className="text-small text-ink-muted">
            {t(`missing.${locale}`)}
          </p>
        );
      })}
    </>
  );
}
