import { useLocale, useTranslations } from "next-intl";

import { type Texts as Value } from "@/db/schema/incidents";
import { Said } from "@/components/broadcasts/incident-body";
import { LOCALES } from "@/db/vocabulary/languages";
import { saidIn } from "@/wording/incident-notice";

/** A text in both its languages, the binding one first; a language without one is named. */
export function Texts({ texts, format }: { texts: Value; format?: "markdown" | undefined }) {
  const t = useTranslations("incidents.desk.texts");
  const own = useLocale();
  if (LOCALES.every((locale) => !texts[locale]?.trim()))
    return <span className="text-ink-muted">{t("none")}</span>;
  return (
    <>
      {LOCALES.map((locale) => {
        const text = texts[locale]?.trim();
        const lang = locale === own ? undefined : locale;
        if (text && format)
          return (
            <div key={locale} lang={lang} className="max-w-measure not-first:mt-3">
              <Said text={saidIn({ [locale]: text }, locale, { format })} />
            </div>
          );
        return text ? (
          <p
            key={locale}
            lang={lang}
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
