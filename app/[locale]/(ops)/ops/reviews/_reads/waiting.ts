import { getTranslations } from "next-intl/server";
import { cache } from "react";

import { noticeAddressOf } from "@/app/[locale]/(ops)/ops/_notices/address";
import { noticeTitle } from "@/components/broadcasts/broadcast-title";
import type { Locale } from "@/db/vocabulary/languages";
import { listOpenWithdrawals } from "@/domain/broadcasts/withdrawals";
import { type Context } from "@/domain/context";
import { listGradeChanges } from "@/domain/incidents/list-grade-changes";
import { listNoticesAhead } from "@/domain/incidents/list-notices";
import { listReviews } from "@/domain/policies/list-reviews";
import { findPlace } from "@/domain/policies/find-place";
import { type Address, at } from "@/lib/addresses";
import { localized } from "@/lib/localized";

export type Waiting = {
  id: string;
  href: Address;
  title: string;
  /** The language of the title where it is not the page's. */
  lang: Locale | undefined;
  /** What it is: a policy version, a notice of an incident, a change of severity, a withdrawal. */
  kind: string;
  /** Why it weighs more than others. */
  mark: string | null;
  isUrgent: boolean;
  authorName: string;
  writerIds: string[];
  submittedAt: Date | null;
  /** Until when it has to be out, where a limit runs. */
  dueAt: Date | null;
  /** The day a version comes into force; null for what holds once approved. */
  effectiveDate: string | null;
};

/**
 * Everything that waits for a second person, what has a limit first, then the longest waiting: one read for the queue, its
 * number in the navigation and the desk.
 */
export const waitingForReview = cache(async (ctx: Context, locale: Locale): Promise<Waiting[]> => {
  const all = await Promise.all([
    versionsOf(ctx, locale),
    noticesOf(ctx, locale),
    gradesOf(ctx, locale),
    withdrawalsOf(ctx, locale),
  ]);
  const limit = ({ dueAt }: Waiting) => dueAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
  const since = ({ submittedAt }: Waiting) => submittedAt?.getTime() ?? 0;
  return all.flat().sort((one, other) => limit(one) - limit(other) || since(one) - since(other));
});

async function versionsOf(ctx: Context, locale: Locale): Promise<Waiting[]> {
  const [t, rows] = [await getTranslations("policies.ops.reviews"), await listReviews(ctx, {})];
  return rows.map(({ documentId, titles, label, isMajor, ...row }) => ({
    ...row,
    href: at("/ops/policies/*/*/review", documentId, row.id),
    title: t("named", { title: titles[locale], label }),
    lang: undefined,
    kind: t("version"),
    mark: isMajor ? t("major") : null,
    isUrgent: false,
    dueAt: null,
  }));
}

async function noticesOf(ctx: Context, locale: Locale): Promise<Waiting[]> {
  const [t, words, rows] = await Promise.all([
    getTranslations("incidents.desk.reviews"),
    getTranslations("notices"),
    listNoticesAhead(ctx, {}),
  ]);
  return rows
    .filter(({ status }) => status === "in_review")
    .map(({ id, incidentNumber, type, sequence, parts, ...row }) => {
      const title = localized(parts.title, locale);
      return {
        ...row,
        id,
        href: noticeAddressOf({ id, incidentNumber }, "/review"),
        title: title.text,
        lang: title.locale === locale ? undefined : title.locale,
        kind: incidentNumber
          ? t("incident", { number: incidentNumber, type: words(`type.${type}`), sequence })
          : words(`type.${type}`),
        mark: incidentNumber ? t("security") : null,
        isUrgent: true,
        effectiveDate: null,
      };
    });
}

async function gradesOf(ctx: Context, locale: Locale): Promise<Waiting[]> {
  const [t, rows] = [
    await getTranslations("incidents.desk.reviews"),
    await listGradeChanges(ctx, {}),
  ];
  return rows.map(({ id, number, title: texts, proposedBy, proposedAt, proposerName }) => {
    const title = localized(texts, locale);
    return {
      id,
      href: at("/ops/incidents/*", number),
      title: title.text,
      lang: title.locale === locale ? undefined : title.locale,
      kind: t("grade", { number }),
      mark: t("security"),
      isUrgent: true,
      authorName: proposerName,
      writerIds: [proposedBy],
      submittedAt: proposedAt,
      dueAt: null,
      effectiveDate: null,
    };
  });
}

async function withdrawalsOf(ctx: Context, locale: Locale): Promise<Waiting[]> {
  const [t, rows] = [await getTranslations("withdrawals.ops"), await listOpenWithdrawals(ctx, {})];
  return Promise.all(
    rows.map(async ({ id, subjectId, told, proposedBy, proposedAt, proposerName }) => {
      const place =
        told.kind === "policy_change" && (await findPlace(ctx, { versionId: subjectId }));
      return {
        id,
        href: place
          ? at("/ops/policies/*/*", place.documentId, subjectId, { "#": "withdrawal" })
          : at("/ops/announcements/*", subjectId, { "#": "withdrawal" }),
        title: noticeTitle(told, locale),
        lang: undefined,
        kind: t("waiting"),
        mark: t("title"),
        isUrgent: true,
        authorName: proposerName,
        writerIds: proposedBy ? [proposedBy] : [],
        submittedAt: proposedAt,
        dueAt: null,
        effectiveDate: null,
      };
    }),
  );
}
