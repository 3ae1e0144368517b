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
  /** Whether the version asks for answers: then nobody stands as not asked, else nobody as owing one. */
  asks: boolean;
  /** As the address has it; anything unknown is "all". */
  show: string | undefined;
};

/** The accounts of one filter, page by page. */
export async function AnswerList({ href, rows, counts, asks, show, ...turns }: Props) {
  const t = await getTranslations("policies.ops.answers");
  const shown = COVERAGE_FILTERS.find((filter) => filter === show) ?? "all";
  const hidden = new Set<CoverageFilter>(asks ? ["not_asked"] : ["unanswered", "joined_later"]);
  const addressOf = (filter: CoverageFilter) =>
    withQuery(href, { show: filter !== "all" && filter });

  return (
    <>
      <TabLinks
        label={t("filters")}
        tabs={COVERAGE_FILTERS.filter((filter) => !hidden.has(filter)).map((filter) => ({
          href: addressOf(filter),
          label: t(`filter.${filter}`),
          count: counts[filter],
          current: filter === shown,
        }))}
      />
      <AnswerTable rows={rows} caption={t("accounts")} filtered={shown !== "all"} />
      <Pager href={addressOf(shown)} previous={turns.previous} next={turns.next} />
    </>
  );
}
