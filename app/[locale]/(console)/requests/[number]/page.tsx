import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { Fragment } from "react";

import { ReadAbout } from "@/app/[locale]/_inbox/read-about";
import { GatherLink } from "@/components/audit/gather-evidence";
import { Prose } from "@/components/broadcasts/broadcast-facts";
import { AnswerText } from "@/components/requests/answer-text";
import { DueDateSteps } from "@/components/requests/due-date-steps";
import { TermBar } from "@/components/requests/term-bar";
import { GivenFiles } from "@/components/requests/given-files";
import { Banner } from "@/components/ui/banner";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { OwnRequestStatus } from "@/components/requests/request-status";
import { DetailFrame } from "@/components/layout/detail-frame";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { Stepper } from "@/components/ui/stepper";
import { Time } from "@/components/ui/time";
import type { Context } from "@/domain/context";
import { progressOf } from "@/domain/requests/progress";
import { type OwnRequest, readOwnRequest } from "@/domain/requests/read-own";
import { isOnlyRouted } from "@/domain/requests/readable-requests";
import { canAppeal, isAnswered, isOpen } from "@/domain/requests/rules";
import { PERIODS } from "@/domain/retention/rules";
import { at } from "@/lib/addresses";
import { formatDate } from "@/lib/format";
import { shanghaiDay, shanghaiMidnight } from "@/lib/shanghai";
import { orNotFound } from "@/server/or-not-found";
import { redirectTo } from "@/server/redirect";
import { requireContext } from "@/server/session";

import { RequestContent } from "./_components/request-content";
import { AppealDecided, AppealForm, WithdrawForm, WriteForm } from "./_components/requester-forms";

type Props = { params: Promise<{ number: string }> };

export async function generateMetadata({ params }: Props) {
  return { title: (await params).number };
}

/** Where a request stands, who acts now, by when it is answered, and what its requester can do. */
export default async function RequestPage({ params }: Props) {
  const ctx = await requireContext("request.readOwn");
  const { number } = await params;
  await leaveForAnswer(ctx, number);
  const request = await orNotFound(readOwnRequest(ctx, { number }));
  const [t, type] = await Promise.all([
    getTranslations("requests.filing"),
    getTranslations("requests.type"),
  ]);
  const { status, isRequester } = request;
  return (
    <>
      <PageHead
        crumbs={[{ href: "/requests", label: t("title") }]}
        title={t("page.title", { number: request.number, type: type(request.type) })}
        note={<OwnRequestStatus status={status} />}
      />
      <ReadAbout ctx={ctx} subjectIds={[request.id]} />
      {!isRequester && (
        <div className="mb-6">
          <Banner>{t("page.lookingOn")}</Banner>
        </div>
      )}
      <DetailFrame
        isFixed
        lead={
          <>
            <Progress request={request} />
            <p className="mt-4 font-semibold">{t(`acts.${status}`)}</p>
            {request.appeal && (
              <p className="mt-2">{t(`appeal.part.${request.appeal.part ?? "open"}`)}</p>
            )}
          </>
        }
        aside={
          <>
            {isOpen(status) && <Due request={request} now={ctx.now} />}
            <RequestContent request={request} />
            <p className="mt-4 print:hidden">
              <GatherLink scope="request" id={request.id} />
            </p>
            {isRequester && isOpen(status) && <WithdrawForm number={number} />}
          </>
        }
      >
        {request.answers.map((answer, index) => (
          <Fragment key={answer.id}>
            <Answer
              request={request}
              answer={answer}
              sequence={request.answers.length - index}
              hasReceipt={index === 0}
            />
            {index === 0 && <AfterAnswer request={request} />}
          </Fragment>
        ))}
        <Messages messages={request.messages} number={number} />
        {isRequester && isOpen(status) && (
          <WriteForm number={number} needsMore={status === "need_more"} />
        )}
      </DetailFrame>
    </>
  );
}

/** What is left to a requester who does not agree: an appeal, once; then no more here. */
function AfterAnswer({
  request: { status, number, appeal, isRequester },
}: {
  request: OwnRequest;
}) {
  if (!isRequester || !isAnswered(status)) return null;
  return canAppeal(status, appeal !== null) ? <AppealForm number={number} /> : <AppealDecided />;
}

async function Due({ request, now }: { request: OwnRequest; now: Date }) {
  const [t, locale] = await Promise.all([getTranslations("requests.filing.page"), getLocale()]);
  const { steps } = request.due;
  const today = shanghaiDay(now);
  const passed = steps.findLast(({ day }) => day <= today)?.count ?? 0;
  const all = steps.at(-1)?.count ?? 0;
  const date = formatDate(shanghaiMidnight(request.dueDate), locale);
  const key = request.dueDate < today ? "overdue" : "due";
  return (
    <Section title={t("dueTitle")}>
      <p>{t(key, { date, passed: Math.min(passed, all), all, left: Math.max(all - passed, 0) })}</p>
      <div className="my-4">
        <TermBar term={request.due.term} wide={{ ...request.due, dueDate: request.dueDate }} />
      </div>
      <DueDateSteps {...request.due} isProvisional={request.isDueProvisional} />
    </Section>
  );
}

/** Who was asked about somebody else's request has a page of their own for it. */
async function leaveForAnswer(ctx: Context, number: string): Promise<void> {
  if (await orNotFound(isOnlyRouted(ctx, { number })))
    await redirectTo(at("/requests/*/answer", number));
}

type AnswerProps = {
  request: OwnRequest;
  answer: OwnRequest["answers"][number];
  /** Its place among the answers, the first being 1. */
  sequence: number;
  /** Whether the way to the receipt stands below it: there is one for all answers. */
  hasReceipt: boolean;
};

/** An answer: what was decided, by which rule, in which words (P31, P32, P35, P36, P50). */
function Answer({ request, answer, sequence, hasReceipt }: AnswerProps) {
  const { number, receiptNumber } = request;
  const t = useTranslations("requests.filing.page");
  const sheet = useTranslations("requests.answerSheet");
  const receipt = useTranslations("requests.receipt");
  return (
    <Section
      title={t(answer.isAppealed ? "answerAppealed" : "answer")}
      note={<Time at={answer.givenAt} form="table" />}
    >
      <AnswerText {...answer} />
      <GivenFiles
        files={answer.files}
        from={{ room: "", number }}
        until={new Date(answer.givenAt.getTime() + PERIODS.proof_files.days * 86_400_000)}
      />
      <Buttons className="mt-4">
        <ButtonLink href={at("/requests/*/answers/*", number, sequence)}>
          {sheet("open")}
        </ButtonLink>
        {hasReceipt && receiptNumber && (
          <ButtonLink href={at("/requests/*/receipt", number)}>{receipt("open")}</ButtonLink>
        )}
      </Buttons>
    </Section>
  );
}

/** The steps a request has gone through and those before it, each with its moment. */
function Progress({ request }: { request: OwnRequest }) {
  const t = useTranslations("requests.filing.progress");
  return (
    <Stepper
      label={t("label")}
      steps={progressOf(request.events).map(({ key, stage, state, at }) => ({
        key,
        label: t(stage),
        note: at && (
          <>
            {state !== "done" && `${t("since")} `}
            <Time at={at} form="table" />
          </>
        ),
        state,
      }))}
    />
  );
}

/** What requester and handler wrote to each other. */
function Messages({ messages, number }: Pick<OwnRequest, "messages" | "number">) {
  const t = useTranslations("requests.filing.messages");
  return (
    <Section title={t("title")}>
      {messages.length === 0 && <p className="text-ink-muted">{t("empty")}</p>}
      <ol aria-label={t("title")}>
        {messages.map(({ id, isFromRequester, body, at, files }) => (
          <li key={id} className="border-line border-b py-3">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <strong>{t(isFromRequester ? "requester" : "handler")}</strong>
              <span className="text-small text-ink-muted">
                <Time at={at} form="table" />
              </span>
            </p>
            <bdi className="block break-words">
              <Prose text={body} />
            </bdi>
            <GivenFiles files={files} from={{ room: "", number }} />
          </li>
        ))}
      </ol>
    </Section>
  );
}
