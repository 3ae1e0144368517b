import { getLocale, getTranslations } from "next-intl/server";

import { SuccessBanner } from "@/app/[locale]/(ops)/ops/_components/success-banner";
import { UnreachedBanner } from "@/app/[locale]/(ops)/ops/_components/unreached-banner";
import { GatherLink } from "@/components/audit/gather-evidence";
import { BroadcastStatus } from "@/components/broadcasts/broadcast-status";
import { type Counts, countOf } from "@/components/broadcasts/delivery-counts";
import { DeliveryProgress } from "@/components/broadcasts/delivery-progress";
import { PageRefresh } from "@/components/ui/page-refresh";
import { DeliveryStatus } from "@/components/broadcasts/delivery-status";
import { DeliveryTotals } from "@/components/broadcasts/delivery-totals";
import { WithheldMails } from "@/components/broadcasts/route-status";
import { LookLine, SentLine } from "@/components/incidents/sending-status";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { linkClass } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { type Channel, DELIVERY_STATUSES } from "@/db/vocabulary/broadcasts";
import { may } from "@/domain/access/permissions";
import { findBroadcast } from "@/domain/broadcasts/find";
import { type Context } from "@/domain/context";
import { EMERGENCY_GRADE } from "@/domain/incidents/emergency-rules";
import { findSendingOfBroadcast } from "@/domain/incidents/read-sendings";
import { at, withLanguage } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";
import { noticeTitle } from "@/wording/notice-line";

import { BoardBulletins } from "./_components/board-bulletins";
import { BoardFacts } from "./_components/board-facts";
import { BoardPosts } from "./_components/board-posts";
import { BoardReach } from "./_components/board-reach";
import { BoardWaves } from "./_components/board-waves";
import { Recipients } from "./_components/recipients";
import { Steering } from "./_components/steering";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{
    status?: string;
    search?: string;
    page?: string;
    posts?: string;
    done?: string;
  }>;
};

/** While deliveries are written and mails leave; afterwards while the provider may still report on them. */
const EVERY_MS = { sending: 2000, reporting: 4000 };
const REPORTS_FOR_MS = 3_600_000;

export async function generateMetadata({ params }: Props) {
  const ctx = await requireContext("broadcast.read");
  const { told } = await orNotFound(findBroadcast(ctx, await params));
  const [t, locale] = await Promise.all([getTranslations("broadcasts.board"), getLocale()]);
  return { title: t("pageTitle", { title: noticeTitle(told, locale) }) };
}

/** The delivery board: how far it is, how each channel stands, and every recipient. */
export default async function BroadcastPage({ params, searchParams }: Props) {
  const [{ id }, search] = [await params, await searchParams];
  const ctx = await requireContext("broadcast.read");
  const broadcast = await orNotFound(findBroadcast(ctx, { id }));
  const { told, status, totals, startedAt, finishedAt, perMinute, unreachedAccounts } = broadcast;
  const [t, locale] = await Promise.all([getTranslations("broadcasts.board"), getLocale()]);
  const [mails, messages] = [of(totals, "email"), of(totals, "inbox")];
  const people = Math.max(countOf(mails), countOf(messages));
  const every = refreshOf(broadcast, { mails, now: ctx.now });

  return (
    <>
      <PageHead
        title={noticeTitle(told, locale)}
        crumbs={[
          { label: t("list.title"), href: "/ops/broadcasts" },
          { label: noticeTitle(told, locale) },
        ]}
        actions={<BoardActions ctx={ctx} id={id} />}
        note={
          <span className="flex flex-wrap items-center gap-x-4">
            <BroadcastStatus broadcast={{ ...broadcast, isHeld: broadcast.held > 0 }} />
            <span>
              {t("startedAt")} <Time at={startedAt} />
            </span>
            {finishedAt && (
              <span>
                {t("finishedAt")} <Time at={finishedAt} />
              </span>
            )}
          </span>
        }
      />
      <SuccessBanner what={search.done} />
      <OtherBoard withdrawal={broadcast.withdrawal} />
      <SentAlone ctx={ctx} broadcast={broadcast} />
      {every && <PageRefresh every={every} />}
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-3">
        <DeliveryProgress
          status={status}
          isCancelled={broadcast.cancelledAt !== null}
          people={broadcast.people}
          peopleAhead={broadcast.peopleAhead}
          held={broadcast.held}
          mails={mails}
          messages={messages}
          perMinute={perMinute}
          unreachedAccounts={unreachedAccounts}
        />
        {mails.length > 0 && <DeliveryTotals title={t("channel.email")} counts={mails} />}
        {messages.length > 0 && <DeliveryTotals title={t("channel.inbox")} counts={messages} />}
      </div>
      <StatusLegend mails={mails} />
      <WithheldMails isTold withheld={broadcast.withheld} className="mt-6" />
      {may(ctx.actor, "unreached.read") && (
        <UnreachedBanner
          accounts={unreachedAccounts}
          title={t("unreached.title", { accounts: unreachedAccounts })}
          className="mt-6"
        />
      )}
      <BoardWaves broadcast={broadcast} />
      <Steering ctx={ctx} broadcast={broadcast} queued={countOf(mails, ["queued"])} />
      <BoardReach ctx={ctx} broadcast={broadcast} mails={mails} messages={messages} />
      <BoardPosts ctx={ctx} broadcastId={id} page={search.posts} />
      <BoardBulletins ctx={ctx} broadcast={broadcast} />
      <BoardFacts ctx={ctx} told={told} />
      <RecipientsPart {...{ ctx, broadcast, search, mails, people }} />
    </>
  );
}

/** What else there is of it; who audits also sees its entries, and why an account was told or not. */
async function BoardActions({ ctx, id }: { ctx: Context; id: string }) {
  const t = await getTranslations("broadcasts.board");
  return (
    <>
      {may(ctx.actor, "audit.read") && (
        <>
          <ButtonLink href={at("/ops/audit", { subjectId: id })}>{t("record")}</ButtonLink>
          <ButtonLink href={at("/ops/broadcasts/*/selection", id)}>{t("selection")}</ButtonLink>
        </>
      )}
      <ButtonLink href={at("/ops/broadcasts/*/reconciliation", id)}>{t("reconcile")}</ButtonLink>
    </>
  );
}

type Board = Awaited<ReturnType<typeof findBroadcast>>;

/** How often it is read anew, in milliseconds; null once it stands still. */
function refreshOf(
  { status, preparedAt, startedAt }: Board,
  { mails, now }: { mails: Counts; now: Date },
): number | null {
  if (status === "sending" || !preparedAt) return EVERY_MS.sending;
  const isFresh = now.getTime() - startedAt.getTime() < REPORTS_FOR_MS;
  return countOf(mails, ["sent"]) > 0 && isFresh ? EVERY_MS.reporting : null;
}

/** Between the board of what was told and that of its withdrawal. */
async function OtherBoard({ withdrawal }: Pick<Board, "withdrawal">) {
  if (!withdrawal) return null;
  const t = await getTranslations("withdrawals.ops");
  const { isItself, otherId } = withdrawal;
  const link = otherId && (
    <ButtonLink size="sm" href={at("/ops/broadcasts/*", otherId)}>
      {t(isItself ? "boardOf" : "boardLink")}
    </ButtonLink>
  );
  if (isItself) return <div className="mb-6">{link}</div>;
  return (
    <div className="mb-6">
      <Banner tone="warn" title={t("boardTitle")} actions={link}>
        {t(otherId ? "boardText" : "untold")}
      </Banner>
    </div>
  );
}

type RecipientsProps = {
  ctx: Context;
  broadcast: Board;
  search: Awaited<Props["searchParams"]>;
  mails: Counts;
  people: number;
};

/** Every recipient, and what may be taken along of them. */
async function RecipientsPart({ ctx, broadcast, search, mails, people }: RecipientsProps) {
  const { id, told } = broadcast;
  const [t, locale] = await Promise.all([getTranslations("broadcasts.board"), getLocale()]);
  return (
    <Section id="recipients" title={t("recipients.title")}>
      <Recipients ctx={ctx} broadcastId={id} search={search} mails={mails} people={people} />
      {told.kind === "incident_notice" && (
        <p className="mt-4 print:hidden">
          <a
            className={linkClass()}
            href={withLanguage(locale, at("/ops/broadcasts/*/accounts.csv", id))}
            download
          >
            {t("accountsFile")}
          </a>
        </p>
      )}
      {may(ctx.actor, "audit.read") && (
        <p className="mt-4 print:hidden">
          <GatherLink scope="broadcast" id={id} />
        </p>
      )}
    </Section>
  );
}

/** By whose word a notice of the gravest grade left, where it was one person's alone. */
async function SentAlone({ ctx, broadcast: { id, told } }: { ctx: Context; broadcast: Board }) {
  if (told.kind !== "incident_notice" || told.facts.severity !== EMERGENCY_GRADE) return null;
  const sending = await findSendingOfBroadcast(ctx, { broadcastId: id });
  if (!sending) return null;
  return (
    <div className="mb-6">
      <Banner
        tone={sending.state === "confirmed" ? "plain" : "danger"}
        title={<SentLine {...sending} />}
      >
        <LookLine {...sending} />
      </Banner>
    </div>
  );
}

const of = (totals: Board["totals"], wanted: Channel): Counts =>
  totals.filter(({ channel }) => channel === wanted);

/** What each status means, "unknown" included: said, never hidden. */
async function StatusLegend({ mails }: { mails: Counts }) {
  const t = await getTranslations("broadcasts.board");
  const hasUnknown = mails.some(({ status }) => status === "unknown");
  return (
    <details className="mt-3" open={hasUnknown}>
      <summary className={`${linkClass()} text-small inline-block max-md:py-2`}>
        {t("legend.title")}
      </summary>
      <dl className="text-small max-w-measure mt-3 grid gap-x-4 gap-y-2 sm:grid-cols-[8em_minmax(0,1fr)]">
        {DELIVERY_STATUSES.map((status) => (
          <div key={status} className="contents">
            <dt>
              <DeliveryStatus status={status} />
            </dt>
            <dd className="text-ink-muted max-sm:mb-2">{t(`legend.${status}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
