import { useTranslations } from "next-intl";

import { linkClass } from "@/components/ui/link";
import type { Locale } from "@/db/vocabulary/languages";
import { type OutlineEntry } from "@/text/blocks";

import { ChangeWords } from "./change-words";

type Change = { text: Partial<Record<Locale, string>>; anchor: string | null };

type Props = {
  changes: readonly Change[];
  /** The language to show; a change without it is shown in the other one, and says so to readers' software. */
  locale: Locale;
  /** Of the text the anchors lead into, for the names of the sections. */
  outline?: readonly OutlineEntry[];
  /** Address of that text where it is not on this page. */
  textHref?: string;
  /** The comparison, the downloads. */
  actions?: React.ReactNode;
};

/** What changed, in the numbered words of those who changed it (P01), with the places. */
export function ChangeList({ changes, locale, outline = [], textHref = "", actions }: Props) {
  const t = useTranslations("policies.reader");
  const titles = new Map(outline.map(({ anchor, title }) => [anchor, title]));
  if (changes.length === 0 && !actions) return null;

  return (
    <section
      aria-labelledby="changes"
      className="border-t-ink border-b-line border-t-2 border-b pt-5 pb-6"
    >
      <h2 id="changes" className="text-h4">
        {t("changes")}
      </h2>
      {changes.length > 0 && (
        <ol className="text-body mt-3">
          {changes.map(({ text, anchor }, index) => {
            const shown = text[locale] ?? Object.values(text)[0] ?? "";
            const lang = text[locale] === undefined ? otherThan(locale) : undefined;
            return (
              <li key={index} className="grid grid-cols-[2em_minmax(0,1fr)] py-1.5">
                <span className="text-ink-muted tabular-nums">{index + 1}</span>
                <ChangeWords text={shown} lang={lang} />
                {anchor && (
                  <a
                    href={`${textHref}#${anchor}`}
                    className={`${linkClass()} text-small col-start-2 justify-self-start max-md:py-1`}
                  >
                    {titles.get(anchor) ?? t("toSection")}
                  </a>
                )}
              </li>
            );
          })}
        </ol>
      )}
      {actions && <div className="mt-4 flex flex-wrap gap-2 print:hidden">{actions}</div>}
    </section>
  );
}

function otherThan(locale: Locale): Locale {
  return locale === "en" ? "zh-CN" : "en";
}
