import { getTranslations } from "next-intl/server";

import { VersionStatus } from "@/components/policies/version-status";
import { Chip } from "@/components/ui/chip";
import { Countdown } from "@/components/ui/countdown";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { CellNote, Table } from "@/components/ui/table";
import { type Locale } from "@/db/vocabulary";
import { may } from "@/domain/access/permissions";
import { type Context } from "@/domain/context";
import { readCoverage } from "@/domain/policies/coverage";
import { type VersionAhead } from "@/domain/policies/list-ahead";

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
              <Link href={`/ops/policies/${documentId}/${id}`} tone="main">
                {t("named", { title: titles[locale], label })}
              </Link>{" "}
              {isMajor && <Chip>{t("major")}</Chip>}
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
            const totals = answers.get(id);
            if (!totals) return t("noAnswers");
            return (
              <Link href={`/ops/policies/${documentId}/${id}/answers`}>
                {t("answered", {
                  answered: totals.acknowledged + totals.disagreed,
                  all: totals.all,
                })}
              </Link>
            );
          },
        },
      ]}
    />
  );
}

/** The answers to those versions that ask for them; empty for whoever may not see them. */
async function answersTo(ctx: Context, ahead: readonly VersionAhead[]) {
  const asking = ahead.filter(({ status, isMajor }) => status === "scheduled" && isMajor);
  if (!may(ctx.actor, "policy.readCoverage")) return new Map<string, never>();
  const totals = await Promise.all(
    asking.map(async ({ id }) => {
      const coverage = await readCoverage(ctx, { versionId: id });
      return [id, coverage.totals] as const;
    }),
  );
  return new Map(totals);
}
