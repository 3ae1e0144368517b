import { useTranslations } from "next-intl";

import { CopyButton } from "@/components/ui/copy-button";
import { LOCALES } from "@/db/vocabulary/languages";
import type { IncidentNoticeFacts } from "@/domain/broadcasts/facts";
import { saidIn } from "@/wording/incident-notice";

import { Prose } from "../broadcasts/broadcast-facts";

type Parts = IncidentNoticeFacts["parts"];

/** The end users' text in both languages, to copy and forward (P19, P22). */
export function ForwardText({ parts }: { parts: Pick<Parts, "adviceEndUsers" | "format"> }) {
  const t = useTranslations("incidents.page");
  return (
    <>
      <p className="text-small text-ink-muted mb-2 print:hidden">{t("endUsersHint")}</p>
      <div className="grid gap-3">
        {LOCALES.map((language) => {
          const name = t(`text.${language}`);
          // To hand on: without marks, with the address behind the words of a link.
          const words = parts.adviceEndUsers[language]?.trim();
          const text = words && saidIn({ [language]: words }, language, parts).text;
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
