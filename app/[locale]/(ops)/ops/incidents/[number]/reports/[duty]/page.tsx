import { getLocale, getTranslations } from "next-intl/server";

import { SuccessBanner } from "@/app/[locale]/(ops)/ops/_components/success-banner";
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
import { type Duty, REPORT_PARTS } from "@/db/vocabulary/duties";
import { may } from "@/domain/access/permissions";
import { REQUIRED_PARTS } from "@/domain/incidents/duty-rules";
import { readReport, type ReadReport } from "@/domain/incidents/read-duties";
import { at, withLanguage } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";
import { vendorName } from "@/server/vendor";
import { REPORT_LOCALES, reportParts } from "@/wording/report";

type Props = {
  params: Promise<{ number: string; duty: string }>;
  searchParams: Promise<{ done?: string | string[] }>;
};
const find = async ({ params }: Pick<Props, "params">) => {
  const ctx = await requireContext("notice.readDrafts");
  const { number, duty } = await params;
  // What is no duty, the query refuses.
  return { ctx, read: await orNotFound(readReport(ctx, { number, duty: duty as Duty })) };
};

export async function generateMetadata(props: Props) {
  const { read } = await find(props);
  const t = await getTranslations("incidents.desk.duties");
  return { title: `${read.incident.number} ${t(`duty.${read.report.duty}`)}` };
}

/** One report to an authority: filled from the incident, exported, and written down as handed in. */
export default async function ReportPage(props: Props) {
  const { ctx, read } = await find(props);
  const { incident, report, state, dueAt, source } = read;
  const [t, incidents, locale, { done }] = await Promise.all([
    getTranslations("incidents.desk.duties"),
    getTranslations("incidents.desk.incidents"),
    getLocale(),
    props.searchParams,
  ]);
  const place = [incident.number, report.duty] as const;
  const writes = may(ctx.actor, "incident.manage") && !report.handedInAt;
  return (
    <>
      <PageHead
        title={t(`duty.${report.duty}`)}
        crumbs={[
          { label: incidents("title"), href: "/ops/incidents" },
          { label: incident.number, href: at("/ops/incidents/*", incident.number) },
          { label: t(`duty.${report.duty}`) },
        ]}
        note={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <DutyStatus state={state} />
            <span>{t.rich("due", { at: () => <Time at={dueAt} form="table" /> })}</span>
          </span>
        }
        actions={
          <a
            href={withLanguage(locale, at("/ops/incidents/*/reports/*/report.txt", ...place))}
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
          <Banner tone="plain">{t("filled")}</Banner>
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

async function HandedIn({ report, loggerName }: ReadReport) {
  const t = await getTranslations("incidents.desk.duties");
  return (
    <div className="mb-6">
      <Banner tone="ok" title={t("handedInTitle")}>
        <span className="wrap-anywhere">
          {t("handedIn", { name: loggerName ?? "", reference: report.reference ?? "" })}{" "}
          {report.handedInAt && <Time at={report.handedInAt} form="table" />}
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
    <input type="hidden" name="revision" value={report.revision} />
  </>
);
