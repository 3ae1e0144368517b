import { useLocale, useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";

import { AuditDays } from "@/components/audit/audit-days";
import { EntryFilter } from "@/components/audit/entry-filter";
import { EntryTable } from "@/components/audit/entry-table";
import { GatherForm } from "@/components/audit/gather-evidence";
import { SealingStatus } from "@/components/audit/sealing-status";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { EmptyState } from "@/components/ui/empty-state";
import { linkClass } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import { readSealing } from "@/domain/audit/checkpoint";
import { countAuditDays } from "@/domain/audit/count-days";
import { AUDIT_ACTIONS, SUBJECT_TYPES } from "@/domain/audit/entries";
import { auditFilter, type AuditFilter } from "@/domain/audit/input";
import { listAuditEntries } from "@/domain/audit/list";
import { at, withLanguage } from "@/lib/addresses";
import { env } from "@/lib/env";
import { formatDateTime } from "@/lib/format";
import { requireContext } from "@/server/session";

import { checkNowAction, readNamesAction } from "./actions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  const t = await getTranslations("audit");
  return { title: t("title") };
}

/** The record: who did what to what, when. */
export default async function AuditPage({ searchParams }: Props) {
  const ctx = await requireContext("audit.read");
  const { page, ...filter } = auditFilter.parse(await searchParams);
  const [t, evidence, locale, days, sealing, { rows, shownUntil, previous, next }] =
    await Promise.all([
      getTranslations("audit"),
      getTranslations("verify.gathered"),
      getLocale(),
      countAuditDays(ctx, {}),
      readSealing(ctx, {}),
      listAuditEntries(ctx, { ...filter, page }),
    ]);
  const isFiltered = Object.values(filter).some((value) => value !== undefined);

  return (
    <>
      <PageHead title={t("title")} note={t("lead")} />
      <SealingStatus {...sealing} address={`${env().APP_ORIGIN}/.well-known/gaozhi/checkpoint`} />
      <ActionForm
        action={checkNowAction}
        label={t("sealing.checkNow")}
        className="mb-6 print:hidden"
      >
        <SubmitButton variant="outline">{t("sealing.checkNow")}</SubmitButton>
      </ActionForm>
      <AuditDays days={days} />
      <EntryFilter
        filter={filter}
        actions={AUDIT_ACTIONS}
        subjectTypes={SUBJECT_TYPES}
        isFiltered={isFiltered}
      />
      <Names shownUntil={shownUntil} />
      <p className="text-ink-muted hidden print:block">
        {t("printed", { at: formatDateTime(ctx.now, locale) })}
      </p>
      {rows.length === 0 ? (
        <EmptyState title={t(isFiltered ? "notFound" : "empty")}>
          {t(isFiltered ? "notFoundText" : "emptyText")}
        </EmptyState>
      ) : (
        <EntryTable entries={rows} />
      )}
      <Pager href={at("/ops/audit", filter)} previous={previous} next={next} />
      {rows.length > 0 && <TakeList filter={filter} />}
      <Section title={evidence("title")} note={evidence("record")}>
        <GatherForm scope="record" id="all" />
      </Section>
    </>
  );
}

/** Customers and end users stand with their first letter, until somebody asks for more, which is on the record. */
function Names({ shownUntil }: { shownUntil: Date | null }) {
  const t = useTranslations("audit.names");
  const locale = useLocale();
  if (shownUntil)
    return (
      <p className="text-small text-ink-muted mb-3">
        {t("until", { at: formatDateTime(shownUntil, locale) })}
      </p>
    );
  return (
    <ActionForm
      action={readNamesAction}
      label={t("show")}
      className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 print:hidden"
    >
      <p className="text-small text-ink-muted">{t("covered")}</p>
      <SubmitButton variant="outline">{t("show")}</SubmitButton>
    </ActionForm>
  );
}

/** Takes away what the filter asks for, all pages of it: as proofs that hold without us, or as a table. */
function TakeList({ filter }: { filter: Omit<AuditFilter, "page"> }) {
  const t = useTranslations("audit.list");
  const locale = useLocale();
  return (
    <p className="text-small mt-4 mb-6 flex flex-wrap items-baseline gap-x-5 gap-y-1 print:hidden">
      <a
        href={withLanguage(locale, at("/ops/audit/entries.json", filter))}
        download
        className={linkClass()}
      >
        {t("proofs")}
      </a>
      <a
        href={withLanguage(locale, at("/ops/audit/entries.csv", filter))}
        download
        className={linkClass()}
      >
        {t("table")}
      </a>
      <span className="text-ink-muted">{t("note")}</span>
    </p>
  );
}
