import { getLocale, getTranslations } from "next-intl/server";

import { SuccessBanner } from "@/app/[locale]/(ops)/ops/_components/success-banner";
import { ChangedWords } from "@/app/[locale]/(ops)/ops/_reviews/since-return";
import {
  handInAction,
  saveReportAction,
} from "@/app/[locale]/(ops)/ops/incidents/[number]/actions";
import { ActionForm } from "@/components/form/action-form";
import { TextareaField, TextField } from "@/components/form/fields";
import { MomentField } from "@/components/form/moment-field";
import { SubmitButton } from "@/components/form/submit-button";
import { DutyStatus } from "@/components/incidents/incident-status";
import { Banner } from "@/components/ui/banner";
import { buttonClass, ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { SubmitBar } from "@/components/ui/submit-bar";
import { Time } from "@/components/ui/time";
import { REPORT_PARTS } from "@/db/vocabulary/duties";
import { may } from "@/domain/access/permissions";
import { REQUIRED_PARTS } from "@/domain/incidents/duty-rules";
import { readReport, type ReadReport } from "@/domain/incidents/read-duties";
import { reportName } from "@/domain/incidents/reports";
import { at, withLanguage } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";
import { vendorName } from "@/server/vendor";
import { REPORT_LOCALES, reportChanges, reportParts, reportTitle } from "@/wording/report";

type Props = {
  params: Promise<{ number: string; duty: string }>;
  searchParams: Promise<{ done?: string | string[] }>;
};
const find = async ({ params }: Pick<Props, "params">) => {
  const ctx = await requireContext("notice.readDrafts");
  const { number, duty } = await params;
  return { ctx, read: await orNotFound(readReport(ctx, { number, report: duty })) };
};

export async function generateMetadata(props: Props) {
  const { read } = await find(props);
  return { title: `${read.incident.number} ${reportTitle(read.report, await getLocale())}` };
}

/** One report to an authority: filled from the incident, exported, and written down as handed in. */
export default async function ReportPage(props: Props) {
  const { ctx, read } = await find(props);
  const { incident, report, stand, source } = read;
  const [t, incidents, locale, { done }] = await Promise.all([
    getTranslations("incidents.desk.duties"),
    getTranslations("incidents.desk.incidents"),
    getLocale(),
    props.searchParams,
  ]);
  const title = reportTitle(report, locale);
  const writes = may(ctx.actor, "incident.manage") && !report.handedInAt;
  return (
    <>
      <PageHead
        title={title}
        crumbs={[
          { label: incidents("title"), href: "/ops/incidents" },
          { label: incident.number, href: at("/ops/incidents/*", incident.number) },
          { label: title },
        ]}
        note={
          stand && (
            <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <DutyStatus state={stand.state} />
              <span>{t.rich("due", { at: () => <Time at={stand.dueAt} form="table" /> })}</span>
            </span>
          )
        }
        actions={
          <a
            href={withLanguage(
              locale,
              at("/ops/incidents/*/reports/*/report.txt", incident.number, reportName(report)),
            )}
            download
            className={buttonClass()}
          >
            <Icon name="download" />
            {t("export")}
          </a>
        }
      />
      <SuccessBanner what={done} />
      <p className="text-small text-ink-muted max-w-measure mb-4">{source[locale]}</p>
      {report.handedInAt && report.reportHash && <HandedIn {...read} />}
      <SinceLast {...read} />
      {writes ? <Write {...read} /> : <Parts {...read} />}
      {writes && (
        <Section title={t("handIn")} note={t("handInNote")}>
          <ActionForm action={handInAction} label={t("handIn")} className="max-w-form">
            <Named {...read} />
            <MomentField name="at" label={t("handedInAt")} required at={ctx.now} />
            <TextField
              name="reference"
              label={t("reference")}
              hint={t(`referenceHint.${report.duty}`)}
              required
              maxLength={200}
              autoComplete="off"
            />
            <div className="mt-4">
              <SubmitButton variant="outline">{t("handInSubmit")}</SubmitButton>
            </div>
          </ActionForm>
        </Section>
      )}
    </>
  );
}

async function Write(read: ReadReport) {
  const { report, incident } = read;
  const t = await getTranslations("incidents.desk.duties");
  const parts = reportParts(read, vendorName(REPORT_LOCALES[report.duty]));
  const required: readonly string[] = REQUIRED_PARTS[report.duty];
  return (
    <ActionForm
      key={report.revision}
      action={saveReportAction}
      guard
      label={t("write")}
      className="max-w-pair"
    >
      <Named {...read} />
      {!report.savedAt && (
        <div className="mb-4">
          <Banner tone="plain">{t(report.sequence > 0 ? "followUp.filled" : "filled")}</Banner>
        </div>
      )}
      {REPORT_PARTS[report.duty].map((part) => (
        <TextareaField
          key={part}
          name={`parts.${part}`}
          label={t(`part.${part}`)}
          hint={t(required.includes(part) ? "mustStand" : "mayFollow")}
          rows={part === "event" || part === "nature" ? 8 : 3}
          maxLength={5000}
          defaultValue={parts[part] ?? ""}
          lang={REPORT_LOCALES[report.duty]}
        />
      ))}
      <SubmitBar note={t("saveNote")}>
        <ButtonLink href={at("/ops/incidents/*", incident.number)}>{t("back")}</ButtonLink>
        <SubmitButton>{t("save")}</SubmitButton>
      </SubmitBar>
    </ActionForm>
  );
}

async function Parts(read: ReadReport) {
  const t = await getTranslations("incidents.desk.duties");
  const { report } = read;
  const parts = reportParts(read, vendorName(REPORT_LOCALES[report.duty]));
  return (
    <div className="max-w-measure" lang={REPORT_LOCALES[report.duty]}>
      {REPORT_PARTS[report.duty].map((part) => (
        <Section key={part} title={t(`part.${part}`)}>
          <p className="wrap-anywhere whitespace-pre-line">{parts[part] ?? t("empty")}</p>
        </Section>
      ))}
    </div>
  );
}

/** What is different from the report that this authority had last: the first thing it asks of the next one. */
async function SinceLast(read: ReadReport) {
  const { report, last } = read;
  const [t, locale] = await Promise.all([getTranslations("incidents.desk.duties"), getLocale()]);
  const vendor = vendorName(REPORT_LOCALES[report.duty]);
  const changes = reportChanges(read, { vendor, locale });
  if (!changes || !last?.handedInAt) return null;
  return (
    <div className="mb-8">
      <Section
        id="since"
        title={t("since")}
        note={t("sinceNote", {
          report: reportTitle(last, locale),
          at: formatDateTime(last.handedInAt, locale),
        })}
      >
        {changes.length === 0 ? (
          <p>{t("unchanged")}</p>
        ) : (
          <dl>
            <ChangedWords parts={changes} />
          </dl>
        )}
        {!last.basis && <p className="text-small text-ink-muted mt-2">{t("wordsAlone")}</p>}
      </Section>
    </div>
  );
}

async function HandedIn({ report }: ReadReport) {
  const t = await getTranslations("incidents.desk.duties");
  return (
    <div className="mb-6">
      <Banner tone="ok" title={t("handedInTitle")}>
        <span className="wrap-anywhere">
          {report.handedInAt && <Time at={report.handedInAt} form="table" />}
          {" · "}
          {t("handedIn", { name: report.loggerName ?? "", reference: report.reference ?? "" })}
        </span>
        <span className="text-small mt-1 block wrap-anywhere">sha256:{report.reportHash}</span>
      </Banner>
    </div>
  );
}

const Named = ({ incident, report }: Pick<ReadReport, "incident" | "report">) => (
  <>
    <input type="hidden" name="number" value={incident.number} />
    <input type="hidden" name="incidentId" value={incident.id} />
    <input type="hidden" name="duty" value={report.duty} />
    <input type="hidden" name="sequence" value={report.sequence} />
    <input type="hidden" name="revision" value={report.revision} />
  </>
);
