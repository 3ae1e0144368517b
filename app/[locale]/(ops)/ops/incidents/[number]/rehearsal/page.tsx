import { getTranslations } from "next-intl/server";

import { SuccessBanner } from "@/app/[locale]/(ops)/ops/_components/success-banner";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { EmptyState } from "@/components/ui/empty-state";
import { linkClass } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { PrintButton } from "@/components/ui/print-button";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { Locale } from "@/db/vocabulary/languages";
import { may } from "@/domain/access/permissions";
import { listRehearsed, readRehearsal, type Rehearsal } from "@/domain/incidents/rehearsal-report";
import { at, withLanguage } from "@/lib/addresses";
import { env } from "@/lib/env";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { endRehearsalAction } from "../actions";
import { Channels, Compared, Lines } from "./_components/report-tables";

type Props = {
  params: Promise<{ locale: Locale; number: string }>;
  searchParams: Promise<{ page?: string; done?: string }>;
};

export async function generateMetadata({ params }: Props) {
  const t = await getTranslations("incidents.desk.rehearsal");
  return { title: t("pageTitle", { number: (await params).number }) };
}

/** What a rehearsal showed: whom it reached by what and after how long, whom not and why, and what would have followed. */
export default async function RehearsalPage({ params, searchParams }: Props) {
  const ctx = await requireContext("notice.readDrafts");
  const [{ locale, number }, { page, done }] = await Promise.all([params, searchParams]);
  const hours = env().NOTICE_UNOPENED_HOURS;
  const [read, listed, t, incidents] = await Promise.all([
    orNotFound(readRehearsal(ctx, { number, hours })),
    orNotFound(listRehearsed(ctx, { number, page })),
    getTranslations("incidents.desk.rehearsal"),
    getTranslations("incidents.desk.incidents"),
  ]);
  const here = at("/ops/incidents/*/rehearsal", number);
  return (
    <>
      <PageHead
        title={t("report")}
        crumbs={[
          { label: incidents("title"), href: at("/ops/incidents", { status: "rehearsal" }) },
          { label: number, href: at("/ops/incidents/*", number) },
          { label: t("report") },
        ]}
        note={<Standing read={read} />}
        actions={<PrintButton label={t("print")} variant="outline" />}
      />
      <SuccessBanner what={done} />
      {read.told.length === 0 ? (
        <EmptyState title={t("notTold")} />
      ) : (
        <>
          <Compared report={read.report} before={read.before} />
          <Channels report={read.report} />
          <Section id="accounts" title={t("lines")} note={t("linesNote")}>
            <Lines rows={listed.rows} />
            <Pager href={here} previous={listed.previous} next={listed.next} />
            <p className="mt-4 print:hidden">
              <a
                className={linkClass()}
                href={withLanguage(locale, at("/ops/incidents/*/rehearsal/rehearsal.csv", number))}
                download
              >
                {t("csv")}
              </a>
            </p>
          </Section>
          <Who read={read} />
        </>
      )}
      {may(ctx.actor, "incident.manage") && !read.kept && <End read={read} />}
    </>
  );
}

/** As of when; once it has ended, by whom. */
async function Standing({ read: { kept, report } }: { read: Rehearsal }) {
  const t = await getTranslations("incidents.desk.rehearsal");
  return kept
    ? t.rich("kept", { name: kept.byName, at: () => <Time at={kept.at} /> })
    : t.rich("running", { at: () => <Time at={new Date(report.measuredAt)} /> });
}

async function Who({ read: { told } }: { read: Rehearsal }) {
  const t = await getTranslations("incidents.desk.rehearsal");
  return (
    <Section title={t("who")}>
      <ul>
        {told.map(({ noticeId, sequence, authorName, approverName, publishedAt }) => (
          <li key={noticeId}>
            {t.rich("toldOne", {
              ...{ sequence, author: authorName, approver: approverName ?? "" },
              at: () => publishedAt && <Time at={publishedAt} />,
            })}
          </li>
        ))}
      </ul>
    </Section>
  );
}

async function End({ read: { incident } }: { read: Rehearsal }) {
  const t = await getTranslations("incidents.desk.rehearsal");
  return (
    <div className="mt-8 print:hidden">
      <Banner tone="plain" title={t("end")}>
        {t("endNote")}
      </Banner>
      <ActionForm action={endRehearsalAction} label={t("end")} className="mt-4">
        <input type="hidden" name="incidentId" value={incident.id} />
        <input type="hidden" name="revision" value={incident.revision} />
        <SubmitButton variant="outline">{t("end")}</SubmitButton>
      </ActionForm>
    </div>
  );
}
