import { useTranslations } from "next-intl";

import { CopyButton } from "@/components/ui/copy-button";
import { LOCALES } from "@/db/vocabulary/languages";
import type { Texts } from "@/db/schema/incidents";

import { Prose } from "../broadcasts/broadcast-facts";

/** The end users' text in both languages, to copy and forward (P19, P22). */
export function ForwardText({ texts }: { texts: Texts }) {
  const t = useTranslations("incidents.page");
  return (
    <>
      <p className="text-small text-ink-muted mb-2 print:hidden">{t("endUsersHint")}</p>
      <div className="grid gap-3">
        {LOCALES.map((language) => {
          const name = t(`text.${language}`);
          const text = texts[language]?.trim();
          if (!text)
            return (
              <p key={language} className="text-small text-ink-muted">
                {t("noText")}
              </p>
            );
          return (
            <figure
              key={language}
              className="bg-sunken rounded-md px-4 py-3 print:border print:bg-transparent"
            >
              <figcaption className="text-small text-ink-muted mb-1 flex items-center justify-between gap-2">
                {name}
                <CopyButton text={text} label={t("copyText", { language: name })} />
              </figcaption>
              <blockquote lang={language}>
                <Prose text={text} />
              </blockquote>
            </figure>
          );
        })}
      </div>
    </>
  );
}
