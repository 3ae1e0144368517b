import { useLocale, useTranslations } from "next-intl";

import { Link } from "@/components/ui/link";
import type { Locale } from "@/db/vocabulary/languages";
import type { VersionStatus as Status } from "@/db/vocabulary/policies";
import { at } from "@/lib/addresses";
import type { FoundClause } from "@/text/find-in-text";

import { VersionStatus } from "./version-status";

export type FoundText = {
  id: string;
  slug: string;
  label: string;
  status: Status;
  titles: Record<Locale, string>;
  /** Of the text that was looked through. */
  locale: Locale;
  count: number;
  clauses: readonly FoundClause[];
};

/** Versions that hold what was looked for, each with the way to the clauses. */
export function FoundTexts({ found }: { found: readonly FoundText[] }) {
  const t = useTranslations("policies");
  const locale = useLocale();
  return (
    <ul className="border-ink border-t-2">
      {found.map(({ id, slug, label, status, titles, clauses, count, locale: language }) => (
        <li key={id} className="border-line border-b py-4">
          <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <Link href={at("/policies/*/*", slug, label)}>
              {t("ops.named", { title: titles[locale], label })}
            </Link>
            <VersionStatus status={status} />
          </p>
          <ul lang={language} className="text-ui mt-1">
            {clauses.map(({ anchor, section, before, match, after }) => (
              <li key={anchor} className="mt-2 wrap-anywhere">
                <Link href={at("/policies/*/*", slug, label, { "#": anchor })}>
                  {section ?? t("diff.beginning")}
                </Link>
                <span className="text-ink-soft block">
                  {before}
                  <mark className="bg-diff-ins/60 text-ink rounded-sm">{match}</mark>
                  {after}
                </span>
              </li>
            ))}
          </ul>
          {count > clauses.length && (
            <p className="text-small text-ink-muted mt-2">
              {t("search.more", { count: count - clauses.length })}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
