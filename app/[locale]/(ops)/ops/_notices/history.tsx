import { getTranslations } from "next-intl/server";

import { withdrawalMoments } from "@/app/[locale]/(ops)/ops/_withdrawals/moments";
import { Time } from "@/components/ui/time";
import { Timeline, type TimelineEvent } from "@/components/ui/timeline";
import { type Withdrawal } from "@/domain/broadcasts/withdrawals";
import { type OpsNotice } from "@/domain/incidents/find-notice";

type Moment = Omit<TimelineEvent, "key" | "note"> & { at: Date | null };

type Props = { read: OpsNotice; withdrawals: readonly Withdrawal[] };

/** How a notice came about, oldest first: every review of it with its reason. */
export async function History({ read, withdrawals }: Props) {
  const { notice, reviews, writers, discarderName } = read;
  const t = await getTranslations("incidents.desk.history");
  const author = writers.find(({ id }) => id === notice.authorId)?.name ?? "";
  const moments: Moment[] = [
    { at: notice.createdAt, tone: "off", title: t("drafted", { name: author }) },
    { at: notice.submittedAt, tone: "run", title: t("submitted") },
    ...reviews.map(({ decision, reviewerName, decidedAt, reason }): Moment => ({
      at: decidedAt,
      tone: decision === "approved" ? "ok" : "danger",
      title: t(`decided.${decision}`, { name: reviewerName }),
      children: reason && <span className="wrap-anywhere whitespace-pre-line">{reason}</span>,
    })),
    { at: notice.discardedAt, tone: "off", title: t("discarded", { name: discarderName ?? "" }) },
    ...(await withdrawalMoments(withdrawals)),
  ];
  const events = moments
    .flatMap(({ at, ...event }) => (at ? [{ ...event, at }] : []))
    .sort((one, other) => one.at.getTime() - other.at.getTime())
    .map(({ at, ...event }, index) => ({ ...event, key: String(index), note: <Time at={at} /> }));
  return <Timeline label={t("label")} events={events} />;
}
