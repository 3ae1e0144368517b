import { getLocale, getTranslations } from "next-intl/server";

import { IncidentClock } from "@/components/incidents/incident-clock";
import { IncidentStatus, SeverityChip } from "@/components/incidents/incident-status";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { DetailFrame } from "@/components/layout/detail-frame";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { findIncident, type OpsIncident } from "@/domain/incidents/find-incident";
import { readCourse } from "@/domain/incidents/read-course";
import { readDuties } from "@/domain/incidents/read-duties";
import { at } from "@/lib/addresses";
import { localized } from "@/lib/localized";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";
import { SuccessBanner } from "@/app/[locale]/(ops)/ops/_components/success-banner";

import { Containment } from "./_components/containment";
import { Course } from "./_components/course";
import { Duties } from "./_components/duties";
import { GradeChanges } from "./_components/grade-changes";
import { IncidentFacts } from "./_components/incident-facts";
import { MoveForm } from "./_components/move-form";
import { NextNotice } from "./_components/next-notice";
import { NoticeTimeline } from "./_components/notice-timeline";
import { Proposals } from "./_components/proposals";
import { UnseenBanner } from "./_components/unseen-banner";

type Props = {
  params: Promise<{ number: string }>;
  searchParams: Promise<{ done?: string | string[] }>;
};

export async function generateMetadata({ params }: Props) {
  const ctx = await requireContext("notice.readDrafts");
  const { incident } = await orNotFound(findIncident(ctx, await params));
  const { text } = localized(incident.title, await getLocale());
  return { title: `${incident.number} ${text}` };
}

/** One incident: what is known, what was told, what comes next. */
export default async function OpsIncidentPage({ params, searchParams }: Props) {
  const ctx = await requireContext("notice.readDrafts");
  const read = await orNotFound(findIncident(ctx, await params));
  const { incident, clock } = read;
  const [course, duties, t, timeline, incidents, locale, { done }] = await Promise.all([
    readCourse(ctx, { incidentId: incident.id }),
    readDuties(ctx, { incidentId: incident.id }),
    getTranslations("incidents.desk.incident"),
    getTranslations("incidents.clock"),
    getTranslations("incidents.desk.incidents"),
    getLocale(),
    searchParams,
  ]);
  const title = localized(incident.title, locale);
  const manages = may(ctx.actor, "incident.manage");

  return (
    <>
      <PageHead
        title={<span lang={title.locale === locale ? undefined : title.locale}>{title.text}</span>}
        crumbs={[{ label: incidents("title"), href: "/ops/incidents" }, { label: incident.number }]}
        note={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <IncidentStatus status={incident.status} />
            {!incident.isRehearsal && <SeverityChip severity={incident.severity} />}
            <span className="tabular-nums">{incident.number}</span>
          </span>
        }
        actions={
          manages && (
            <ButtonLink href={at("/ops/incidents/*/edit", incident.number)}>{t("edit")}</ButtonLink>
          )
        }
      />
      <SuccessBanner what={done} />
      <Foremost {...read} />
      <UnseenBanner {...read} />
      <DetailFrame
        lead={
          <Section title={t("next")}>
            <NextNotice actor={ctx.actor} {...read} />
          </Section>
        }
        aside={
          <>
            <Section title={timeline("title")}>
              <IncidentClock
                {...incident}
                toldAt={clock.toldAt}
                {...(clock.state !== "not_due" && { dueAt: clock.dueAt })}
                begunAt={incident.containmentBegunAt}
                now={ctx.now}
              />
            </Section>
            <Section title={t("facts")}>
              <IncidentFacts {...read} />
            </Section>
          </>
        }
      >
        <Duties actor={ctx.actor} {...read} duties={duties} proposals={course.proposals} />
        <Containment incident={incident} plan={course.plan} manages={manages} now={ctx.now} />
        <GradeChanges actor={ctx.actor} gradeChanges={read.gradeChanges} />
        <Section title={t("notices")} note={t("count", { count: read.notices.length })}>
          <NoticeTimeline {...read} />
        </Section>
        {manages && read.moves.length > 0 && (
          <Section title={t("move")}>
            <MoveForm incident={incident} moves={read.moves} now={ctx.now} />
          </Section>
        )}
        <Proposals actor={ctx.actor} {...read} {...course} />
        <Course events={course.events} />
      </DetailFrame>
    </>
  );
}

/** Said above all else: that nothing happened, or that nobody was told in time. */
async function Foremost({ incident, clock }: Pick<OpsIncident, "incident" | "clock">) {
  const t = await getTranslations("incidents.desk");
  if (!incident.isRehearsal && clock.state !== "breached") return null;
  return (
    <div className="mb-6">
      {incident.isRehearsal ? (
        <Banner
          tone="plain"
          title={t("rehearsal.title")}
          actions={
            <ButtonLink href={at("/ops/incidents/*/rehearsal", incident.number)}>
              {t("rehearsal.open")}
            </ButtonLink>
          }
        >
          {t("rehearsal.text")}
        </Banner>
      ) : (
        <Banner tone="danger" title={t("incident.breached")}>
          {t("incident.breachedText")}
        </Banner>
      )}
    </div>
  );
}
