import { useTranslations } from "next-intl";

import { Icon } from "@/components/ui/icon";
import type { Locale } from "@/db/vocabulary/languages";
import { type OutlineEntry } from "@/text/blocks";

import { ScrollSpy } from "./scroll-spy";

type Props = { outline: readonly OutlineEntry[]; lang: Locale };

/** The sections of the text: beside it where there is room, folded above it where there is not. */
export function TableOfContents({ outline, lang }: Props) {
  const t = useTranslations("policies.reader");
  const shown = outline.filter(({ level }) => level <= 3);
  if (shown.length === 0) return null;

  return (
    <>
      <nav
        aria-label={t("contents")}
        className="text-small sticky top-6 max-h-[calc(100dvh-48px)] overflow-y-auto leading-5.5 max-lg:hidden print:hidden"
      >
        <h2 className="text-caption text-ink-muted mb-2">{t("contents")}</h2>
        <Entries outline={shown} lang={lang} />
      </nav>
      <details className="group text-ui lg:hidden print:hidden">
        <summary className="border-line flex min-h-11 items-center border-y">
          {t("contents")}
          <Icon name="chevron-down" className="ml-auto group-open:rotate-180" />
        </summary>
        <nav aria-label={t("contents")} className="mt-3">
          <Entries outline={shown} lang={lang} />
        </nav>
      </details>
      <ScrollSpy anchors={shown.map(({ anchor }) => anchor)} />
    </>
  );
}

function Entries({ outline, lang }: Props) {
  return (
    <ol lang={lang} className="border-line border-l">
      {outline.map(({ anchor, level, title }) => (
        <li key={anchor}>
          <a
            href={`#${anchor}`}
            data-spied=""
            className={`text-ink-soft hover:border-line-strong hover:text-ink aria-[current]:border-ink aria-[current]:text-ink -ml-px block border-l-2 border-transparent py-1 no-underline focus-visible:-outline-offset-2 aria-[current]:font-semibold max-lg:py-2 ${level === 2 ? "pl-3.5" : "text-ink-muted pl-7"}`}
          >
            {title}
          </a>
        </li>
      ))}
    </ol>
  );
}
