import { useLocale, useTranslations } from "next-intl";

import { ReadingPage } from "@/components/layout/reading-page";
import { CompareForm } from "@/components/policies/compare-form";
import { DiffControls } from "@/components/policies/diff-controls";
import { addressOf, type readDiffOptions } from "@/components/policies/diff-options";
import { ListChanges } from "@/components/policies/list-changes";
import { DiffIndex, DiffView } from "@/components/policies/diff-view";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { type Comparison } from "@/domain/policies/read";
import { at, withLanguage } from "@/lib/addresses";

import { type ComparisonReading } from "../_reads/comparison";

type Options = ReturnType<typeof readDiffOptions>;
type Props = ComparisonReading & { options: Options };

/** Two versions of a document, or why there is nothing to compare. */
export function Comparing({ reading, before, comparison, isBusy, options }: Props) {
  const t = useTranslations("policies");
  const locale = useLocale();
  const { document, version, versions } = reading;
  const path = at("/policies/*/*", document.slug, version.label);
  const title = document.titles[locale];
  const label = t("version", { label: version.label });

  return (
    <ReadingPage
      span={options.layout === "split" ? "page" : "sheet"}
      above={
        <Breadcrumb
          crumbs={[
            { label: title, href: at("/policies/*", document.slug) },
            { label, href: path },
            { label: t("compare.crumb") },
          ]}
        />
      }
      title={
        comparison
          ? t("compare.heading", { before: comparison.before.label, after: version.label })
          : t("compare.plainHeading", { after: version.label })
      }
    >
      {versions.length > 1 && (
        <div className="mb-6">
          <CompareForm
            action={withLanguage(locale, at("/policies/*/*/changes", document.slug, version.label))}
            versions={versions}
            before={before ?? version.label}
            after={version.label}
            kept={keptOptions(options)}
          />
        </div>
      )}
      {comparison ? (
        <Differences comparison={comparison} options={options} />
      ) : (
        <EmptyState
          title={
            isBusy
              ? t("compare.busy")
              : before
                ? t("compare.same")
                : t("compare.first", { label: version.label })
          }
          actions={
            <ButtonLink href={path}>{t("compare.back", { label: version.label })}</ButtonLink>
          }
        >
          {isBusy ? t("compare.busyText") : before ? t("compare.sameText") : t("compare.firstText")}
        </EmptyState>
      )}
    </ReadingPage>
  );
}

type DifferencesProps = { comparison: Comparison; options: Options };

function Differences({ comparison, options }: DifferencesProps) {
  const t = useTranslations("policies");
  const { document, before, after, diff, lists, locale: shown } = comparison;
  const href = at("/policies/*/*/changes", document.slug, after.label, { since: before.label });
  return (
    <>
      <LanguageNote comparison={comparison} />
      <ListChanges changes={lists} />
      <DiffControls href={href} {...options} counts={diff.counts} />
      <div
        className="pt-6 data-[layout=inline]:grid data-[layout=inline]:gap-x-16 xl:data-[layout=inline]:grid-cols-[minmax(0,var(--measure))_minmax(0,var(--w-index))]"
        data-layout={options.layout}
      >
        <DiffView
          entries={diff.entries}
          lang={shown}
          labels={{
            before: t("version", { label: before.label }),
            after: t("version", { label: after.label }),
          }}
          {...options}
          href={addressOf(href, options)}
        />
        {options.layout === "inline" && (
          <aside className="max-xl:hidden print:hidden">
            <div className="sticky top-6 max-h-[calc(100dvh-48px)] overflow-y-auto">
              <DiffIndex entries={diff.entries} lang={shown} {...options} />
            </div>
          </aside>
        )}
      </div>
    </>
  );
}

function LanguageNote({
  comparison: { locale: shown, isBinding, isBehind, document },
}: Pick<DifferencesProps, "comparison">) {
  const t = useTranslations("policies");
  const locale = useLocale();
  if (shown === locale && isBinding) return null;
  return (
    <p className="text-small text-ink-muted mb-3">
      {shown === locale
        ? t("compare.translation", { binding: t(`language.${document.bindingLocale}`) })
        : t(isBehind ? "compare.behind" : "compare.binding", {
            wanted: t(`language.${locale}`),
            shown: t(`language.${shown}`),
          })}
    </p>
  );
}

function keptOptions({ layout, onlyChanges }: Options): Record<string, string> {
  return {
    ...(layout === "split" && { layout }),
    ...(!onlyChanges && { view: "all" }),
  };
}
