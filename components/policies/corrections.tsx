import { useLocale, useTranslations } from "next-intl";

import { linkClass } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { Locale } from "@/db/vocabulary/languages";
import type { DiffEntry } from "@/text/diff";

import { DiffEntryText } from "./diff-entry";

type Props = {
  corrections: readonly {
    id: string;
    locale: Locale;
    at: Date;
    reason: string;
    approvedBy: string;
    hashBefore: string;
    changes: readonly DiffEntry[];
  }[];
  /** The address of the version, with its language, without what stands behind the dot of a copy. */
  address: string;
};

/** What was put right in a text since it was announced: when, what, why, who agreed, and how it read before. */
export function Corrections({ corrections, address }: Props) {
  const t = useTranslations("policies.corrections");
  const languages = useTranslations("policies.language");
  const locale = useLocale();
  if (corrections.length === 0) return null;
  return (
    <section aria-labelledby="corrections" className="border-line border-b pb-6">
      <h2 id="corrections" className="text-h4">
        {t("title")}
      </h2>
      <p className="text-small text-ink-muted mt-1">{t("lead")}</p>
      <ol className="mt-3 grid gap-5">
        {corrections.map((one) => (
          <li key={one.id}>
            <p className="text-ui">
              <Time at={one.at} form="full" />
              {one.locale !== locale && ` · ${languages(one.locale)}`}
            </p>
            <p className="mt-1 wrap-anywhere whitespace-pre-line">
              {t("why", { reason: one.reason, name: one.approvedBy })}
            </p>
            <div lang={one.locale} className="border-action mt-2 grid gap-2 border-l-[3px] pl-3">
              {one.changes.map((entry, index) => (
                <DiffEntryText key={index} entry={entry} layout="inline" onlyChanges />
              ))}
            </div>
            <p className="text-small mt-2 flex flex-wrap gap-x-4 print:hidden">
              <a
                href={`${address}.html?text=${one.hashBefore}`}
                className={`${linkClass()} max-md:py-1`}
              >
                {t("before")}
              </a>
              <a
                href={`${address}.json?text=${one.hashBefore}`}
                className={`${linkClass()} max-md:py-1`}
              >
                {t("beforeJson")}
              </a>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
