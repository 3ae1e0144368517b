import { getTranslations } from "next-intl/server";

import { DiffControls } from "@/components/policies/diff-controls";
import { addressOf, type readDiffOptions } from "@/components/policies/diff-options";
import { DiffView } from "@/components/policies/diff-view";
import { EmptyState } from "@/components/ui/empty-state";
import { SegmentedLinks } from "@/components/ui/segmented-control";
import { LOCALES } from "@/db/vocabulary/languages";
import { type Address, withQuery } from "@/lib/addresses";
import { type OpsVersion } from "@/domain/policies/find-version";
import { compareTexts } from "@/text/offload";

type Props = OpsVersion & {
  href: Address;
  options: ReturnType<typeof readDiffOptions>;
  language: string | undefined;
};

/** The version beside the one it follows, clause by clause, in each language both have. */
export async function ReviewComparison(props: Props) {
  const { previous, version, texts, document, href, options, language } = props;
  const [t, words, languages] = await Promise.all([
    getTranslations("policies.ops.review"),
    getTranslations("policies.ops"),
    getTranslations("policies.language"),
  ]);
  if (!previous) return <EmptyState title={t("first")}>{t("firstText")}</EmptyState>;

  const both = LOCALES.filter(
    (locale) => texts[locale] !== undefined && previous.texts[locale] !== undefined,
  );
  const shown = both.find((locale) => locale === language) ?? document.bindingLocale;
  const diff = await compareTexts(previous.texts[shown] ?? "", texts[shown] ?? "");
  const missing = LOCALES.filter((locale) => previous.texts[locale] && !texts[locale]);

  return (
    <>
      <div className="text-ink-muted mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        {t("since", { label: previous.label })}
        {both.length > 1 && (
          <SegmentedLinks
            label={t("language")}
            items={both.map((locale) => ({
              href: withQuery(href, { language: locale }),
              label: languages(locale),
              current: locale === shown,
            }))}
          />
        )}
        {missing.map((locale) => (
          <span key={locale}>{t("translationGone", { language: languages(locale) })}</span>
        ))}
      </div>
      <DiffControls href={withQuery(href, { language: shown })} {...options} counts={diff.counts} />
      <div className="mt-5">
        <DiffView
          entries={diff.entries}
          {...options}
          href={addressOf(withQuery(href, { language: shown }), options)}
          lang={shown}
          labels={{
            before: words("label", { label: previous.label }),
            after: words("label", { label: version.label }),
          }}
        />
      </div>
    </>
  );
}
