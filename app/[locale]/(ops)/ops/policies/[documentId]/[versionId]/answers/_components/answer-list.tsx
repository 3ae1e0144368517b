import { getLocale, getTranslations } from "next-intl/server";

import { Pager } from "@/components/ui/pager";
import { TabLinks } from "@/components/ui/tabs";
import {
  COVERAGE_FILTERS,
  type CoverageFilter,
  type CoverageFilters,
  type CoverageRow,
} from "@/domain/policies/coverage";
import { type Address, withLanguage, withQuery } from "@/lib/addresses";

import { AnswerFilter } from "./answer-filter";
import { AnswerTable } from "./answer-table";

type Props = {
  href: Address;
  rows: readonly CoverageRow[];
  previous: string | null;
  next: string | null;
  counts: Record<CoverageFilter, number>;
  asks: boolean;
  /** Whether the reader may waive an account's answer. */
  waives: boolean;
  versionId: string;
  documentId: string;
  filter: CoverageFilters;
  tiers: readonly string[];
};

/** The filters of a version that asks; the others where somebody stands so. */
const ALWAYS = ["all", "unanswered", "acknowledged", "disagreed"] as const;

/** The accounts of one filter, page by page. */
export async function AnswerList(props: Props) {
  const { href, rows, counts, asks, filter, waives, versionId, documentId, tiers, ...turns } =
    props;
  const [t, words] = await Promise.all([
    getTranslations("policies.ops.answers"),
    getTranslations("acknowledgements"),
  ]);
  const { show: shown, ...narrowed } = filter;
  const locale = await getLocale();
  const always = new Set<CoverageFilter>(asks ? ALWAYS : ["all"]);
  const tabs = COVERAGE_FILTERS.filter(
    (one) => always.has(one) || one === shown || counts[one] > 0,
  );
  const addressOf = (show: CoverageFilter) =>
    withQuery(href, { ...narrowed, show: show !== "all" && show });

  return (
    <>
      <TabLinks
        label={t("filters")}
        tabs={tabs.map((one) => ({
          href: addressOf(one),
          label: one === "all" || one === "unanswered" ? t(`filter.${one}`) : words(`state.${one}`),
          count: counts[one],
          current: one === shown,
        }))}
      />
      <AnswerFilter
        address={withLanguage(locale, href)}
        href={withQuery(href, { show: shown !== "all" && shown })}
        {...{ filter, tiers }}
      />
      <AnswerTable
        {...{ rows, waives, versionId, documentId }}
        caption={t("accounts")}
        filtered={shown !== "all" || Object.values(narrowed).some(Boolean)}
      />
      <Pager href={addressOf(shown)} previous={turns.previous} next={turns.next} />
    </>
  );
}
