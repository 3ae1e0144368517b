import { useTranslations } from "next-intl";

import { ContentsList } from "@/components/ui/contents";
import { Icon } from "@/components/ui/icon";
import type { Locale } from "@/db/vocabulary/languages";
import { type OutlineEntry } from "@/text/blocks";

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
        <ContentsList entries={shown} lang={lang} />
      </nav>
      <details className="group text-ui lg:hidden print:hidden">
        <summary className="border-line flex min-h-11 items-center border-y">
          {t("contents")}
          <Icon name="chevron-down" className="ml-auto group-open:rotate-180" />
        </summary>
        <nav aria-label={t("contents")} className="mt-3">
          <ContentsList entries={shown} lang={lang} />
        </nav>
      </details>
    </>
  );
}
