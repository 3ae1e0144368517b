import { getTranslations } from "next-intl/server";

import { Pager } from "@/components/ui/pager";
import { TabLinks } from "@/components/ui/tabs";
import {
  COVERAGE_FILTERS,
  type CoverageFilter,
  type CoverageRow,
} from "@/domain/policies/coverage";
import { type Address, withQuery } from "@/lib/addresses";

import { AnswerTable } from "./answer-table";

type Props = {
  href: Address;
  rows: readonly CoverageRow[];
  previous: string | null;
  next: string | null;
  counts: Record<CoverageFilter, number>;
  asks: boolean;
  /** Whether the reader may waive an account's answer. */
  waives: { versionId: string } | null;
  /** As the address has it; anything unknown is "all". */
  show: string | undefined;
};

/** The filters of a version that asks; the others where somebody stands so. */
const ALWAYS = ["all", "unanswered", "acknowledged", "disagreed"] as const;

/** The accounts of one filter, page by page. */
export async function AnswerList({ href, rows, counts, asks, show, waives, ...turns }: Props) {
  const [t, words] = await Promise.all([
    getTranslations("policies.ops.answers"),
    getTranslations("acknowledgements"),
  ]);
  const shown = COVERAGE_FILTERS.find((filter) => filter === show) ?? "all";
  const always = new Set<CoverageFilter>(asks ? ALWAYS : ["all"]);
  const tabs = COVERAGE_FILTERS.filter(
    (filter) => always.has(filter) || filter === shown || counts[filter] > 0,
  );
  const addressOf = (filter: CoverageFilter) =>
    withQuery(href, { show: filter !== "all" && filter });

  return (
    <>
      <TabLinks
        label={t("filters")}
        tabs={tabs.map((filter) => ({
          href: addressOf(filter),
          label:
            filter === "all" || filter === "unanswered"
              ? t(`filter.${filter}`)
              : words(`state.${filter}`),
          count: counts[filter],
          current: filter === shown,
        }))}
      />
      <AnswerTable rows={rows} caption={t("accounts")} filtered={shown !== "all"} waives={waives} />
      <Pager href={addressOf(shown)} previous={turns.previous} next={turns.next} />
    </>
  );
}
