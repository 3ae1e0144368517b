import { getTranslations } from "next-intl/server";

import { withdrawalMoments } from "@/app/[locale]/(ops)/ops/_withdrawals/moments";
import { DECISION_TONES } from "@/components/reviews/review-status";
import { Time } from "@/components/ui/time";
import { Timeline, type TimelineEvent } from "@/components/ui/timeline";
import type { ReviewDecision } from "@/db/vocabulary/reviews";
import { type Withdrawal } from "@/domain/broadcasts/withdrawals";

export type Moment = Omit<TimelineEvent, "key" | "note"> & { at: Date | null };

type Props = {
  label: string;
  thing: { authorId: string; createdAt: Date; discardedAt: Date | null };
  /** As `readHistory` tells them. */
  past: {
    reviews: readonly {
      decision: ReviewDecision;
      reviewerName: string;
      decidedAt: Date;
      reason: string | null;
    }[];
    acts: readonly { isReturn: boolean; at: Date; name: string | null }[];
    writers: readonly { id: string; name: string }[];
    discarderName: string | null;
  };
  /** What became of it once it was published. */
  more?: readonly Moment[];
  withdrawals?: readonly Withdrawal[];
};

/** How a thing came about and what became of it, oldest first: every review of it with its reason. */
export async function History({ label, thing, past, more = [], withdrawals = [] }: Props) {
  const t = await getTranslations("reviews.history");
  const author = past.writers.find(({ id }) => id === thing.authorId)?.name ?? "";
  const moments: Moment[] = [
    { at: thing.createdAt, tone: "off", title: t("drafted", { name: author }) },
    ...past.acts.map(({ isReturn, at, name }): Moment => ({
      at,
      tone: isReturn ? "off" : "run",
      title: t(isReturn ? "returned" : "submitted", { name: name ?? "" }),
    })),
    ...past.reviews.map(({ decision, reviewerName, decidedAt, reason }): Moment => ({
      at: decidedAt,
      tone: DECISION_TONES[decision],
      title: t(`decided.${decision}`, { name: reviewerName }),
      children: reason && <span className="wrap-anywhere whitespace-pre-line">{reason}</span>,
    })),
    {
      at: thing.discardedAt,
      tone: "off",
      title: t("discarded", { name: past.discarderName ?? "" }),
    },
    ...more,
    ...(await withdrawalMoments(withdrawals)),
  ];
  const events = moments
    .flatMap(({ at, ...event }) => (at ? [{ ...event, at }] : []))
    .sort((one, other) => one.at.getTime() - other.at.getTime())
    .map(({ at, ...event }, index) => ({ ...event, key: String(index), note: <Time at={at} /> }));
  return <Timeline label={label} events={events} />;
}
