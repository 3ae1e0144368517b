import { getLocale, getTranslations } from "next-intl/server";

import { withdrawalMoments } from "@/app/[locale]/(ops)/ops/_withdrawals/moments";
import { Timeline, type TimelineEvent } from "@/components/ui/timeline";
import { type Withdrawal } from "@/domain/broadcasts/withdrawals";
import { type OpsVersion } from "@/domain/policies/find-version";
import { formatDateTime } from "@/lib/format";

type Props = Pick<OpsVersion, "version" | "reviews" | "acts" | "writers" | "discarderName"> & {
  withdrawals: readonly Withdrawal[];
};
type Moment = Omit<TimelineEvent, "key" | "note"> & { at: Date | null };

/** How a version came about and what became of it, oldest first. */
export async function History(props: Props) {
  const { version, reviews, acts, writers, discarderName, withdrawals } = props;
  const [t, locale] = await Promise.all([getTranslations("policies.ops.history"), getLocale()]);
  const author = writers.find(({ id }) => id === version.authorId)?.name ?? "";
  const moments: Moment[] = [
    { at: version.createdAt, tone: "off", title: t("drafted", { name: author }) },
    ...acts.map(({ isReturn, at, name }): Moment => ({
      at,
      tone: isReturn ? "off" : "run",
      title: t(isReturn ? "returned" : "submitted", { name: name ?? "" }),
    })),
    ...reviews.map(({ decision, reviewerName, decidedAt, reason }): Moment => ({
      at: decidedAt,
      tone: decision === "approved" ? "ok" : "danger",
      title: t(`decided.${decision}`, { name: reviewerName }),
      children: reason,
    })),
    { at: version.inForceAt, tone: "ok", title: t("inForce") },
    { at: version.discardedAt, tone: "off", title: t("discarded", { name: discarderName ?? "" }) },
    { at: version.archivedAt, tone: "off", title: t("archived") },
    ...(await withdrawalMoments(withdrawals)),
  ];
  const events = moments
    .flatMap(({ at, ...event }) => (at ? [{ ...event, at }] : []))
    .sort((one, other) => one.at.getTime() - other.at.getTime())
    .map(({ at, ...event }, index) => ({
      ...event,
      key: String(index),
      note: formatDateTime(at, locale),
    }));
  return <Timeline label={t("label")} events={events} />;
}
