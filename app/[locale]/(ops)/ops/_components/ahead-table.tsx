import { getTranslations } from "next-intl/server";

import { MajorChip, VersionStatus } from "@/components/policies/version-status";
import { Countdown } from "@/components/ui/countdown";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { CellNote, Table } from "@/components/ui/table";
import type { Locale } from "@/db/vocabulary/languages";
import { may } from "@/domain/access/permissions";
import { type Context } from "@/domain/context";
import { countCoverage } from "@/domain/policies/coverage";
import { type VersionAhead } from "@/domain/policies/list-ahead";
import { at } from "@/lib/addresses";

type Props = { ctx: Context; ahead: readonly VersionAhead[]; locale: Locale };

/** The versions on their way to the readers, the nearest day first, with the answers so far. */
export async function AheadTable({ ctx, ahead, locale }: Props) {
  const t = await getTranslations("ops.desk.ahead");
  const answers = await answersTo(ctx, ahead);

  return (
    <Table
      caption={t("title")}
      rows={ahead}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>}
      columns={[
        {
          header: t("version"),
          rowHeader: true,
          cell: ({ id, documentId, titles, label, isMajor }) => (
            <>
              <Link href={at("/ops/policies/*/*", documentId, id)} tone="main">
                {t("named", { title: titles[locale], label })}
              </Link>{" "}
              {isMajor && <MajorChip after />}
            </>
          ),
        },
        { header: t("status"), cell: ({ status }) => <VersionStatus status={status} /> },
        { header: t("author"), cell: ({ authorName }) => authorName },
        {
          header: t("effective"),
          nowrap: true,
          cell: ({ effectiveDate, effectiveAt }) => (
            <>
              {effectiveDate ?? t("noDate")}
              {effectiveAt && (
                <CellNote>
                  <Countdown until={effectiveAt} now={ctx.now} />
                </CellNote>
              )}
            </>
          ),
        },
        {
          header: t("answers"),
          align: "end",
          cell: ({ id, documentId }) => {
            const coverage = answers.get(id);
            if (!coverage) return t("noAnswers");
            const { totals, asksForAnswers } = coverage;
            const answered = totals.acknowledged + totals.disagreed;
            return (
              <>
                <Link href={at("/ops/policies/*/*/answers", documentId, id)}>
                  {asksForAnswers
                    ? t("answered", { answered, all: answered + totals.unanswered })
                    : t("notAsked")}
                </Link>
                {totals.joined_later > 0 && (
                  <CellNote>{t("joinedLater", { count: totals.joined_later })}</CellNote>
                )}
              </>
            );
          },
        },
      ]}
    />
  );
}

/** The answers to the announced versions; empty for whoever may not see them. */
async function answersTo(ctx: Context, ahead: readonly VersionAhead[]) {
  if (!may(ctx.actor, "policy.readCoverage")) return new Map<string, never>();
  const announced = ahead.filter(({ status }) => status === "scheduled");
  const counted = await countCoverage(ctx, { versionIds: announced.map(({ id }) => id) });
  return new Map(counted.map((one) => [one.id, one]));
}
