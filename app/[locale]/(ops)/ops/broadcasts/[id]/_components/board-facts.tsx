import { getLocale, getTranslations } from "next-intl/server";

import { PlannedMoment } from "@/app/[locale]/(ops)/ops/_notices/planned-moment";
import { NoticeKind } from "@/components/broadcasts/gravity";
import { Facts } from "@/components/ui/facts";
import { Hash } from "@/components/ui/hash";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { type Told } from "@/domain/broadcasts/facts";
import { type Context } from "@/domain/context";
import { findPlace } from "@/domain/policies/find-place";
import { type Address, at } from "@/lib/addresses";
import { requestWords } from "@/wording/request-update";
import { noticeTitle } from "@/wording/notice-line";

type Props = { ctx: Context; told: Told };

/** What is being told, and the way to it; of a bulletin what was told first (board-bulletins.tsx says to whom). */
export const BoardFacts = ({ ctx, told }: Props) => (
  <ToldFacts ctx={ctx} told={told.kind === "bulletin" ? told.facts.told : told} />
);

type ToldProps = { ctx: Context; told: Exclude<Told, { kind: "bulletin" }> };

async function ToldFacts({ ctx, told }: ToldProps) {
  const [t, locale] = await Promise.all([getTranslations("broadcasts.board.facts"), getLocale()]);
  if (told.kind === "request_update") return <RequestFacts told={told} />;
  if (told.kind === "incident_notice" || told.kind === "announcement")
    return <NoticeFacts ctx={ctx} told={told} />;
  if (told.kind === "deregistration_update") return <DeregistrationFacts ctx={ctx} told={told} />;
  if (told.kind === "withdrawal") return <WithdrawalFacts ctx={ctx} told={told} />;
  if (isShort(told)) return <ShortFacts told={told} />;
  const { facts } = told;
  const href = "versionId" in facts ? await versionHref(ctx, facts.versionId) : null;
  return (
    <Section title={t("title")}>
      <Facts
        facts={[
          { term: t("kind"), value: <NoticeKind told={told} /> },
          {
            term: t("about"),
            value: (
              <Link href={href ?? at("/policies/*/*", facts.documentSlug, facts.label)}>
                {t("version", {
                  title: facts.documentTitle[locale] ?? facts.documentSlug,
                  label: facts.label,
                })}
              </Link>
            ),
          },
          { term: t("hash"), value: <Hash value={facts.contentHash} /> },
        ]}
      />
    </Section>
  );
}

type ToldNotice = Extract<Told, { kind: "incident_notice" | "announcement" }>;

/** The notice, as a link for those who may open its page. */
async function NoticeFacts({ ctx, told }: { ctx: Context; told: ToldNotice }) {
  const [t, words, locale] = await Promise.all([
    getTranslations("broadcasts.board.facts"),
    getTranslations("incidents.desk.facts"),
    getLocale(),
  ]);
  const { plannedAt, plannedZone = null } = told.kind === "announcement" ? told.facts : {};
  const title = noticeTitle(told, locale);
  const href = opsHref(told);
  return (
    <Section title={t("title")}>
      <Facts
        facts={[
          { term: t("kind"), value: <NoticeKind told={told} /> },
          {
            term: t("about"),
            value: may(ctx.actor, "notice.readDrafts") ? <Link href={href}>{title}</Link> : title,
          },
          ...(plannedAt
            ? [
                {
                  term: words("planned"),
                  value: (
                    <PlannedMoment
                      goesOutAt={new Date(plannedAt)}
                      goesOutZone={plannedZone}
                      publishedAt={new Date(told.facts.publishedAt)}
                    />
                  ),
                },
              ]
            : []),
          { term: t("hash"), value: <Hash value={told.facts.contentHash} /> },
        ]}
      />
    </Section>
  );
}

const opsHref = ({ kind, facts }: ToldNotice): Address =>
  kind === "announcement"
    ? at("/ops/announcements/*", facts.noticeId)
    : at("/ops/incidents/*/notices/*", facts.incidentNumber, facts.noticeId);

/** Support sees which request it was, not what it is about. */
async function RequestFacts({ told }: { told: Extract<Told, { kind: "request_update" }> }) {
  const [t, locale] = await Promise.all([getTranslations("broadcasts.board.facts"), getLocale()]);
  const { facts } = requestWords(told.facts, locale);
  return (
    <Section title={t("title")}>
      <Facts facts={[{ term: t("kind"), value: <NoticeKind told={told} /> }, ...facts]} />
    </Section>
  );
}

const IN_ONE_LINE = [
  ...(["security_alarm", "access_update", "ask_message", "notice_look"] as const),
  ...(["own_policy_reminder", "contacts_check", "wave_stopped", "checkpoint", "digest"] as const),
] as const satisfies readonly Told["kind"][];
type ShortNews = Extract<Told, { kind: (typeof IN_ONE_LINE)[number] }>;

const isShort = (told: Told): told is ShortNews => IN_ONE_LINE.some((kind) => kind === told.kind);

/** What its title says whole; whom it concerns stands in the records. */
async function ShortFacts({ told }: { told: ShortNews }) {
  const [t, locale] = await Promise.all([getTranslations("broadcasts.board.facts"), getLocale()]);
  return (
    <Section title={t("title")}>
      <Facts
        facts={[
          { term: t("kind"), value: <NoticeKind told={told} /> },
          { term: t("about"), value: noticeTitle(told, locale) },
        ]}
      />
    </Section>
  );
}

type ToldWithdrawal = Extract<Told, { kind: "withdrawal" }>;

/** What was withdrawn, as a link for those who may open its page, and why. */
async function WithdrawalFacts({ ctx, told }: { ctx: Context; told: ToldWithdrawal }) {
  const [t, words, locale] = await Promise.all([
    getTranslations("broadcasts.board.facts"),
    getTranslations("withdrawals"),
    getLocale(),
  ]);
  const { what, reason } = told.facts;
  const title = noticeTitle(told, locale);
  const opsPage =
    what.kind === "version"
      ? await versionHref(ctx, what.versionId)
      : may(ctx.actor, "notice.readDrafts") &&
        (what.kind === "incident"
          ? at("/ops/incidents/*", what.incidentNumber)
          : at("/ops/announcements/*", what.noticeId));
  return (
    <Section title={t("title")}>
      <Facts
        facts={[
          { term: t("kind"), value: <NoticeKind told={told} /> },
          { term: t("about"), value: opsPage ? <Link href={opsPage}>{title}</Link> : title },
          {
            term: words("reason"),
            value: <span className="wrap-anywhere whitespace-pre-line">{reason}</span>,
          },
        ]}
      />
    </Section>
  );
}

type ToldDeregistration = Extract<Told, { kind: "deregistration_update" }>;

/** Which deregistration, as a link for those who may open its page. */
async function DeregistrationFacts({ ctx, told }: { ctx: Context; told: ToldDeregistration }) {
  const [t, locale] = await Promise.all([getTranslations("broadcasts.board.facts"), getLocale()]);
  const title = noticeTitle(told, locale);
  const href = at("/ops/deregistrations/*", told.facts.number);
  return (
    <Section title={t("title")}>
      <Facts
        facts={[
          { term: t("kind"), value: <NoticeKind told={told} /> },
          {
            term: t("about"),
            value: may(ctx.actor, "deregistration.read") ? <Link href={href}>{title}</Link> : title,
          },
        ]}
      />
    </Section>
  );
}

/** The operations' page of a version, for those who may open it. */
async function versionHref(ctx: Context, versionId: string): Promise<Address | null> {
  if (!may(ctx.actor, "policy.readDrafts")) return null;
  const place = await findPlace(ctx, { versionId });
  return place && at("/ops/policies/*/*", place.documentId, versionId);
}
