import { useTranslations } from "next-intl";

import { OwnAnswerStatus } from "@/components/policies/answer-status";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Pager } from "@/components/ui/pager";
import { Table } from "@/components/ui/table";
import type { Locale } from "@/db/vocabulary/languages";
import type { listOwnPolicies } from "@/domain/policies/own-policies";
import { at } from "@/lib/addresses";
import { formatTableDate } from "@/lib/format";

type Props = { policies: Awaited<ReturnType<typeof listOwnPolicies>>; locale: Locale };

/** The documents in force that apply to the reader's accounts, and how they were answered. */
export function OwnPolicies({ policies, locale }: Props) {
  const t = useTranslations("home.console.policies");
  return (
    <>
      <Table
        caption={t("title")}
        rows={policies.rows}
        rowKey={({ versionId }) => versionId}
        empty={<EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>}
        columns={[
          {
            header: t("document"),
            rowHeader: true,
            cell: ({ slug, titles, label, status }) => (
              <Link
                href={
                  status === "in_force" ? at("/policies/*", slug) : at("/policies/*/*", slug, label)
                }
                tone="main"
              >
                {titles[locale]}
              </Link>
            ),
          },
          {
            header: t("version"),
            nowrap: true,
            cell: ({ label, status }) =>
              t(status === "in_force" ? "label" : "scheduled", { label }),
          },
          {
            header: t("effective"),
            nowrap: true,
            cell: ({ effectiveAt }) => formatTableDate(effectiveAt),
          },
          {
            header: t("answer"),
            cell: (own) => (
              <OwnAnswerStatus
                own={own}
                instead={<span className="text-ink-muted">{t("notNeeded")}</span>}
              />
            ),
          },
        ]}
      />
      <Pager name="policies" href="/home" previous={policies.previous} next={policies.next} />
    </>
  );
}
