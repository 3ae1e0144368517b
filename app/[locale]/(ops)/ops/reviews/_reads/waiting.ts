import { getTranslations } from "next-intl/server";

import { noticeAddressOf } from "@/app/[locale]/(ops)/ops/_notices/address";
import type { Locale } from "@/db/vocabulary/languages";
import { listOpenWithdrawals } from "@/domain/broadcasts/withdrawals";
import { listMailRoutes } from "@/domain/broadcasts/mail-routes";
import { type Context } from "@/domain/context";
import { listGradeChanges } from "@/domain/incidents/list-grade-changes";
import { listProposals } from "@/domain/incidents/list-proposals";
import { isScheduled } from "@/domain/incidents/go-out";
import { readNoticesAhead } from "@/domain/incidents/list-notices";
import { listSendings } from "@/domain/incidents/read-sendings";
import type { Turns } from "@/domain/page";
import { listContactCards } from "@/domain/policies/contact-card";
import { listOpenCorrections } from "@/domain/policies/corrections";
import { listReviews } from "@/domain/policies/list-reviews";
import { listWaitingReviews, WAITING_KINDS, type WaitingKind } from "@/domain/reviews/waiting";
import { type Address, at } from "@/lib/addresses";
import { localized } from "@/lib/localized";
import { plannedText } from "@/wording/planned-moment";

export type Waiting = {
  id: string;
  href: Address;
  title: string;
  /** The language of the title where it is not the page's. */
  lang: Locale | undefined;
  /** What it is: a policy version, a notice of an incident, a change of severity, a withdrawal, a correction, a contact card, a mail route. */
  kind: string;
  /** Why it weighs more than others. */
  mark: string | null;
  isUrgent: boolean;
  authorName: string;
  writerIds: string[];
  submittedAt: Date | null;
  /** Until when it has to be out, where a limit runs. */
  dueAt: Date | null;
  /** The day a version comes into force, or that it is out already; null for what holds once approved. */
  effectiveDate: string | null;
  /** The minute an announcement goes out; none where it does once approved. */
  goesOut?: string;
  /** It has left already, by one person's word: it is looked at, and no more approved. */
  isOut?: true;
};

type Desk = { ctx: Context; locale: Locale };
type Page = Parameters<typeof listWaitingReviews>[1];

/** A page of what waits for a second person, whatever its kind, each as the queue and the desk show it. */
export async function readWaitingReviews(
  desk: Desk,
  page: Page,
): Promise<{ rows: Waiting[] } & Turns> {
  const { rows, ...turns } = await listWaitingReviews(desk.ctx, page);
  const shown = await Promise.all(
    WAITING_KINDS.map((kind) => {
      const ids = rows.filter((row) => row.kind === kind).map(({ id }) => id);
      return ids.length > 0 ? READ[kind](desk, ids) : [];
    }),
  );
  const byId = new Map(shown.flat().map((one) => [one.id, one]));
  return { rows: rows.flatMap(({ id }) => byId.get(id) ?? []), ...turns };
}

type Read = (desk: Desk, ids: string[]) => Promise<Waiting[]>;
const READ: Record<WaitingKind, Read> = {
  version: versionsOf,
  notice: noticesOf,
  grade: gradesOf,
  proposal: proposalsOf,
  withdrawal: withdrawalsOf,
  correction: correctionsOf,
  card: cardsOf,
  route: routesOf,
  look: looksOf,
};

async function versionsOf({ ctx, locale }: Desk, ids: string[]): Promise<Waiting[]> {
  const [t, rows] = [
    await getTranslations("policies.ops.reviews"),
    await listReviews(ctx, { ids }),
  ];
  return rows.map(({ documentId, titles, label, isMajor, ...row }) => ({
    ...row,
    href: at("/ops/policies/*/*/review", documentId, row.id),
    title: t("named", { title: titles[locale], label }),
    lang: undefined,
    kind: t("version"),
    mark: isMajor ? t("major") : null,
    isUrgent: isMajor,
    dueAt: null,
  }));
}

async function noticesOf({ ctx, locale }: Desk, ids: string[]): Promise<Waiting[]> {
  const [t, words, rows] = await Promise.all([
    getTranslations("incidents.desk.reviews"),
    getTranslations("notices"),
    readNoticesAhead(ctx, { ids }),
  ]);
  return rows
    .filter(({ status }) => status === "in_review")
    .map(({ id, incidentNumber, type, sequence, parts, ...row }) => ({
      ...row,
      ...titleIn(parts.title, locale),
      id,
      href: noticeAddressOf({ id, incidentNumber }, "/review"),
      kind: incidentNumber
        ? t("incident", { number: incidentNumber, type: words(`type.${type}`), sequence })
        : words(row.followKind ? `follow.kind.${row.followKind}` : `type.${type}`),
      mark: incidentNumber ? t("security") : null,
      isUrgent: true,
      effectiveDate: null,
      ...(row.goesOutAt &&
        isScheduled(row, ctx.now) && {
          goesOut: plannedText(row.goesOutAt, row.goesOutZone, locale),
        }),
    }));
}

async function gradesOf({ ctx, locale }: Desk, ids: string[]): Promise<Waiting[]> {
  const [t, rows] = [
    await getTranslations("incidents.desk.reviews"),
    await listGradeChanges(ctx, { ids }),
  ];
  return rows.map(({ id, number, title, proposedBy, proposedAt, proposerName }) => ({
    id,
    ...titleIn(title, locale),
    href: at("/ops/incidents/*", number),
    kind: t("grade", { number }),
    mark: t("security"),
    isUrgent: true,
    authorName: proposerName,
    writerIds: [proposedBy],
    submittedAt: proposedAt,
    dueAt: null,
    effectiveDate: null,
  }));
}

async function proposalsOf({ ctx, locale }: Desk, ids: string[]): Promise<Waiting[]> {
  const [t, rows] = [
    await getTranslations("incidents.desk.reviews"),
    await listProposals(ctx, { ids }),
  ];
  return rows.map(({ id, what, number, title, proposedBy, proposedAt, proposerName }) => ({
    id,
    ...titleIn(title, locale),
    href: at("/ops/incidents/*", number, { "#": "proposals" }),
    kind: t(`proposal.${what}`, { number }),
    mark: t("security"),
    isUrgent: true,
    authorName: proposerName,
    writerIds: [proposedBy],
    submittedAt: proposedAt,
    dueAt: null,
    effectiveDate: null,
  }));
}

async function withdrawalsOf({ ctx, locale }: Desk, ids: string[]): Promise<Waiting[]> {
  const [t, named, rows] = await Promise.all([
    getTranslations("withdrawals.ops"),
    getTranslations("policies.ops.reviews"),
    listOpenWithdrawals(ctx, { ids }),
  ]);
  return rows.map(({ id, subjectId, version, titles, proposedBy, proposedAt, proposerName }) => ({
    id,
    ...(version
      ? {
          title: named("named", { title: version.titles[locale], label: version.label }),
          lang: undefined,
          href: at("/ops/policies/*/*", version.documentId, subjectId, { "#": "withdrawal" }),
        }
      : {
          ...titleIn(titles, locale),
          href: at("/ops/announcements/*", subjectId, { "#": "withdrawal" }),
        }),
    kind: t("waiting"),
    mark: t("title"),
    isUrgent: true,
    authorName: proposerName ?? "",
    writerIds: proposedBy ? [proposedBy] : [],
    submittedAt: proposedAt,
    dueAt: null,
    effectiveDate: null,
  }));
}

async function correctionsOf({ ctx, locale }: Desk, ids: string[]): Promise<Waiting[]> {
  const [t, rows] = [
    await getTranslations("policies.ops.reviews"),
    await listOpenCorrections(ctx, { ids }),
  ];
  return rows.map(({ documentId, versionId, titles, label, proposedBy, ...row }) => ({
    id: row.id,
    href: at("/ops/policies/*/*/correction", documentId, versionId),
    title: t("named", { title: titles[locale], label }),
    lang: undefined,
    kind: t("correction"),
    mark: null,
    isUrgent: false,
    authorName: row.proposerName,
    writerIds: [proposedBy],
    submittedAt: row.proposedAt,
    dueAt: null,
    effectiveDate: null,
  }));
}

/** At most one waits. */
async function cardsOf({ ctx }: Desk): Promise<Waiting[]> {
  const [t, words, { waiting }] = await Promise.all([
    getTranslations("policies.ops.reviews"),
    getTranslations("policies.ops.card"),
    listContactCards(ctx, {}),
  ]);
  if (!waiting) return [];
  const { card, proposer } = waiting;
  return [
    {
      id: card.id,
      href: at("/ops/contact-card"),
      title: words("title"),
      lang: undefined,
      kind: t("card"),
      mark: null,
      isUrgent: false,
      authorName: proposer,
      writerIds: [card.proposedBy],
      submittedAt: card.proposedAt,
      dueAt: null,
      effectiveDate: card.since,
    },
  ];
}

async function routesOf({ ctx }: Desk, ids: string[]): Promise<Waiting[]> {
  const [t, words, { waiting }] = await Promise.all([
    getTranslations("policies.ops.reviews"),
    getTranslations("broadcasts.routes"),
    listMailRoutes(ctx, {}),
  ]);
  return waiting
    .filter(({ row }) => ids.includes(row.id))
    .map(({ row, proposer }) => ({
      id: row.id,
      href: at("/ops/mail-routes"),
      title: words(`regions.${row.region}`),
      lang: undefined,
      kind: t("route"),
      mark: null,
      isUrgent: false,
      authorName: proposer,
      writerIds: [row.proposedBy],
      submittedAt: row.proposedAt,
      dueAt: null,
      effectiveDate: null,
    }));
}

async function looksOf({ ctx, locale }: Desk, ids: string[]): Promise<Waiting[]> {
  const [t, words, rows] = await Promise.all([
    getTranslations("incidents.desk.reviews"),
    getTranslations("notices"),
    listSendings(ctx, { ids }),
  ]);
  return rows.map(({ id, number, parts, type, sequence, sending }) => ({
    id,
    ...titleIn(parts.title, locale),
    href: noticeAddressOf({ id, incidentNumber: number }, "", { "#": "look" }),
    kind: t("look", { number, type: words(`type.${type}`), sequence }),
    mark: t("security"),
    isUrgent: true,
    authorName: sending.senderName,
    writerIds: [...sending.writerIds, sending.sentBy],
    submittedAt: sending.sentAt,
    dueAt: sending.lookDueAt,
    effectiveDate: t("out"),
    isOut: true,
  }));
}

function titleIn(titles: Partial<Record<Locale, string>>, locale: Locale) {
  const title = localized(titles, locale);
  return { title: title.text, lang: title.locale === locale ? undefined : title.locale };
}
