import { getTranslations } from "next-intl/server";

import { ReadAbout } from "@/app/[locale]/_inbox/read-about";
import { DueDateSteps } from "@/components/requests/due-date-steps";
import { RequestStatus } from "@/components/requests/request-status";
import { Banner } from "@/components/ui/banner";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { readStaffRequest } from "@/domain/requests/read-staff-request";
import { isOpen, isPriority } from "@/domain/requests/rules";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { ActBanner } from "../_components/act-banner";
import { RequestFacts } from "./_components/request-facts";
import { RequestMessages } from "./_components/request-messages";
import { Decisions } from "./_components/decisions";
import { Disposals } from "./_components/disposals";
import { Files } from "./_components/files";
import { History } from "./_components/history";
import { Receipt } from "./_components/receipt";
import { NextStep } from "./_components/next-step";
import { Review } from "./_components/review";
import { type RequestParts } from "./_components/request-parts";
import { StopForm } from "./_components/stop-form";
import { Subjects } from "./_components/subjects";

type Props = {
  params: Promise<{ number: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Pick<Props, "params">) {
  const { number } = await params;
  return { title: number };
}

/** One case: what is asked, what was said, what comes next, and how it is answered. */
export default async function RequestPage({ params, searchParams }: Props) {
  const { number } = await params;
  const ctx = await requireContext("request.readAsStaff");
  const read = await orNotFound(readStaffRequest(ctx, { number }));
  const [t, types] = await Promise.all([
    getTranslations("requests.desk"),
    getTranslations("requests.type"),
  ]);
  const { app, done } = await searchParams;
  const parts = { ctx, found: read, wantedApp: [app].flat()[0] ?? "" };
  const handles = may(ctx.actor, "request.handle") && isOpen(read.status);

  return (
    <>
      <PageHead
        title={`${read.number} ${types(read.type)}`}
        note={<RequestStatus status={read.status} />}
        crumbs={[{ label: t("title"), href: "/ops/requests" }, { label: read.number }]}
      />
      <ReadAbout ctx={ctx} subjectIds={[read.id]} />
      <ActBanner done={done} number={read.number} />
      <Warnings found={read} />
      <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_400px]">
        <div className="min-w-0">
          <Section title={t("case.facts")}>
            <p className="max-w-measure wrap-anywhere whitespace-pre-wrap">{read.facts}</p>
          </Section>
          <Subjects {...parts} />
          <Files {...parts} />
          <RequestMessages {...parts} />
          {may(ctx.actor, "request.handle") && <StopForm {...parts} />}
          {handles && <NextStep {...parts} />}
          <Disposals {...parts} />
          <Decisions {...parts} />
          {read.receiptNumber && <Receipt {...parts} />}
          {may(ctx.actor, "request.review") && <Review {...parts} />}
        </div>
        <aside className="min-w-0">
          <Section title={t("case.about")}>
            <RequestFacts found={read} />
            <div className="mt-3">
              <DueDateSteps
                startedAt={read.clock.startedAt}
                isAppeal={read.clock.isAppeal}
                steps={read.clock.steps}
                isProvisional={read.isDueProvisional}
              />
            </div>
          </Section>
          <History {...parts} />
        </aside>
      </div>
    </>
  );
}

/** What a handler must not overlook. */
async function Warnings({ found: read }: Pick<RequestParts, "found">) {
  const t = await getTranslations("requests.desk.case");
  return (
    <div className="mb-6 grid gap-2 empty:hidden">
      {isPriority(read.type) && (
        <Banner tone={read.stopConfirmedAt ? "plain" : "danger"}>
          {t(read.stopConfirmedAt ? "childStopped" : "child")}
        </Banner>
      )}
      {read.isOverdue && <Banner tone="danger">{t("overdue")}</Banner>}
      {read.isDeveloperLate && <Banner tone="warn">{t("developerLate")}</Banner>}
      {!read.requester && read.replyTo && (
        <Banner tone="warn">
          {t("noAddress")} <span className="wrap-anywhere">{read.replyTo}</span>
        </Banner>
      )}
      {read.isDueProvisional && isOpen(read.status) && (
        <Banner tone="plain">{t("provisional")}</Banner>
      )}
    </div>
  );
}
