import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";

import { ReadAbout } from "@/app/[locale]/_inbox/read-about";
import { GatherLink } from "@/components/audit/gather-evidence";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { DeletionFingerprint, DeletionResults } from "@/components/requests/deletion-receipt";
import { DueDateSteps } from "@/components/requests/due-date-steps";
import { RequestStatus } from "@/components/requests/request-status";
import { TermBar } from "@/components/requests/term-bar";
import { useDetailFacts } from "@/components/requests/detail-words";
import { Banner } from "@/components/ui/banner";
import { Facts } from "@/components/ui/facts";
import { DetailFrame } from "@/components/layout/detail-frame";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { may } from "@/domain/access/permissions";
import { shortOf } from "@/domain/accounts/rules";
import { readStaffRequest } from "@/domain/requests/read-staff-request";
import { readReceipt } from "@/domain/requests/receipt";
import { isAnswered, isOpen, isPriority } from "@/domain/requests/rules";
import { Drawn } from "@/server/drawn";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";
import { ActBanner } from "@/app/[locale]/(ops)/ops/_components/success-banner";

import { RequestFacts } from "./_components/request-facts";
import { RequestMessages } from "./_components/request-messages";
import { Decisions } from "./_components/decisions";
import { Disposals } from "./_components/disposals";
import { Files } from "./_components/files";
import { NextStep } from "./_components/next-step";
import { Related } from "./_components/related";
import { Review } from "./_components/review";
import { type RequestParts } from "./_components/request-parts";
import { RevisionFields } from "./_components/revision-fields";
import { StopForm } from "./_components/stop-form";
import { UserDeletion } from "./_components/user-deletion";
import { show } from "./actions";

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
  const { app, macro, done } = await searchParams;
  const parts = {
    ctx,
    found: read,
    wantedApp: [app].flat()[0] ?? "",
    wantedMacro: [macro].flat()[0] ?? "",
  };
  const handles = may(ctx.actor, "request.handle") && isOpen(read.status);

  return (
    <>
      <PageHead
        title={`${read.number} ${types(read.type)}`}
        note={<RequestStatus status={read.status} />}
        crumbs={[{ label: t("title"), href: "/ops/requests" }, { label: read.number }]}
      />
      <Drawn />
      <ReadAbout ctx={ctx} subjectIds={[read.id]} />
      <ActBanner done={done} number={read.number} />
      <Warnings found={read} />
      <DetailFrame
        aside={
          <>
            <Section title={t("case.about")}>
              <RequestFacts found={read} />
              {may(ctx.actor, "audit.read") && (
                <p className="mt-2 print:hidden">
                  <GatherLink scope="request" id={read.id} />
                </p>
              )}
              <div className="mt-4">
                {isOpen(read.status) && (
                  <TermBar term={read.clock.term} wide={{ ...read.clock, dueDate: read.dueDate }} />
                )}
                <DueDateSteps
                  startedAt={read.clock.startedAt}
                  isAppeal={read.clock.isAppeal}
                  steps={read.clock.steps}
                  isProvisional={read.isDueProvisional}
                  source={read.clock.source}
                  extendedAt={read.extendedAt}
                />
              </div>
            </Section>
            <History {...parts} />
            <Related {...parts} />
          </>
        }
      >
        <Section title={t("case.facts")}>
          <Asked found={read} />
        </Section>
        <Subjects {...parts} />
        <Files {...parts} />
        <RequestMessages {...parts} />
        {may(ctx.actor, "request.handle") && <StopForm {...parts} />}
        {handles && <NextStep {...parts} />}
        <Disposals {...parts} />
        <UserDeletion {...parts} />
        <Decisions {...parts} />
        {read.receiptNumber && <Receipt {...parts} />}
        {may(ctx.actor, "request.review") && <Review {...parts} />}
      </DetailFrame>
    </>
  );
}

/** What the form of the type asked, then what was written besides. */
function Asked({ found: { details, facts } }: Pick<RequestParts, "found">) {
  const asked = useDetailFacts(details);
  return (
    <>
      {asked.length > 0 && <Facts facts={asked} />}
      {facts.trim() && (
        <p className="max-w-measure mt-3 wrap-anywhere whitespace-pre-wrap first:mt-0">{facts}</p>
      )}
    </>
  );
}

/** What a handler must not overlook. */
async function Warnings({ found: read }: Pick<RequestParts, "found">) {
  const t = await getTranslations("requests.desk.case");
  return (
    <div className="mb-6 grid gap-2 empty:hidden">
      {read.type === "child_data" && (
        <Banner tone={read.stopConfirmedAt ? "plain" : "danger"}>
          {t(read.stopConfirmedAt ? "childStopped" : "child")}
        </Banner>
      )}
      <Withdrawn found={read} />
      <ChildrensApp found={read} />
      {read.isOverdue && <Banner tone="danger">{t("overdue")}</Banner>}
      {read.isDeveloperLate && <Banner tone="warn">{t("developerLate")}</Banner>}
      <Undelivered found={read} />
      {read.isDueProvisional && isOpen(read.status) && (
        <Banner tone="plain">{t("provisional")}</Banner>
      )}
    </div>
  );
}

/** Consent was withdrawn, and nobody has said yet that what rests on it has stopped (P10). */
function Withdrawn({ found }: Pick<RequestParts, "found">) {
  const t = useTranslations("requests.desk.case");
  const { type, stopOrderedAt, stopConfirmedAt } = found;
  if (type !== "withdraw_consent" || !stopOrderedAt || stopConfirmedAt) return null;
  return <Banner tone="warn">{t("withdrawn")}</Banner>;
}

/** The app declared itself for children (P37): what it lacks for that, and whether the case goes first. */
async function ChildrensApp({ found: { declared, type, status } }: Pick<RequestParts, "found">) {
  const t = await getTranslations("requests.desk.case");
  const { minors } = declared ?? {};
  if (!minors?.applies || !isOpen(status)) return null;
  return (
    <Banner tone="warn">
      {t(isPriority(type, true) ? "childrensAppFirst" : "childrensApp")}
      {shortOf(minors.answer).includes("hasGuardianConsent") && <> {t("noGuardianConsent")}</>}
    </Banner>
  );
}

/** Every move, the latest last. */
function History({ found }: RequestParts) {
  const t = useTranslations("requests.desk.case");
  // What came by post or phone was received before somebody entered it.
  const isEntry = (status: string, at: Date) =>
    status === "received" && at.getTime() !== found.receivedAt.getTime();
  return (
    <Section title={t("history")}>
      <ol className="grid gap-2">
        {found.events.map(({ id, status, at, byName }) => (
          <li key={id}>
            <RequestStatus status={status} isEntry={isEntry(status, at)} />
            <p className="text-small text-ink-muted pl-4.5">
              <Time at={at} form="table" /> {byName ?? t("job")}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** The receipt as the requester has it. */
async function Receipt({ ctx, found }: RequestParts) {
  if (!may(ctx.actor, "request.read")) return null;
  const t = await getTranslations("requests.receipt");
  const receipt = await readReceipt(ctx, { number: found.number });
  return (
    <Section title={t("title", { number: receipt.receiptNumber })}>
      <div className="border-line bg-raised rounded-md border px-5 py-4">
        <DeletionResults receipt={receipt} />
        <div className="mt-8">
          <DeletionFingerprint receipt={receipt} />
        </div>
      </div>
    </Section>
  );
}

/** The identifiers, covered until somebody asks for them. */
function Subjects({ found }: RequestParts) {
  const t = useTranslations("requests.desk.case");
  if (found.subjectCount === 0) return null;
  return (
    <Section title={t("subjects")} note={t("subjectsCount", { count: found.subjectCount })}>
      <ActionForm action={show} label={t("show")}>
        <RevisionFields found={found} />
        <p className="text-small text-ink-muted mb-2">{t("showNote")}</p>
        <SubmitButton variant="outline">{t("show")}</SubmitButton>
      </ActionForm>
    </Section>
  );
}

/** Nothing reaches a requester without a mail address: how what is written and decided is brought to them. */
async function Undelivered({ found: { requester, replyTo, status } }: Pick<RequestParts, "found">) {
  const t = await getTranslations("requests.desk.case");
  if (requester || !replyTo) return null;
  return (
    <Banner tone="warn">
      {t("noAddress")} <span className="wrap-anywhere">{replyTo}</span>
      {isAnswered(status) && <p className="mt-2">{t("noAddressAnswered")}</p>}
    </Banner>
  );
}
