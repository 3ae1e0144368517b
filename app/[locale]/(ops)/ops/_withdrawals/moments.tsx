import { getTranslations } from "next-intl/server";

import { WITHDRAWAL_TONES } from "@/components/reviews/review-status";
import type { TimelineEvent } from "@/components/ui/timeline";
import { type Withdrawal } from "@/domain/broadcasts/withdrawals";

type Moment = Omit<TimelineEvent, "key" | "note"> & { at: Date | null };

/** Each wish to withdraw and each decision on one, with who and why, for the history of the thing. */
export async function withdrawalMoments(withdrawals: readonly Withdrawal[]): Promise<Moment[]> {
  const t = await getTranslations("withdrawals.history");
  const nameOf = (name: string | null) => name ?? t("unnamed");
  return withdrawals.flatMap((one): Moment[] => {
    const proposed = { name: nameOf(one.proposerName) };
    const decided = { name: nameOf(one.deciderName) };
    const isTakenBack = one.decision === "rejected" && one.deciderId === one.proposedBy;
    const outcome: Moment = {
      at: one.decidedAt,
      tone: WITHDRAWAL_TONES[one.decision ?? "rejected"],
      title: t(isTakenBack ? "takenBack" : (one.decision ?? "approved"), decided),
      children: said(
        one.decision === "approved" && !one.proposedBy ? one.reason : one.decisionReason,
      ),
    };
    if (!one.proposedBy) return [outcome];
    const wish: Moment = {
      at: one.proposedAt,
      tone: "run",
      title: t("proposed", proposed),
      children: said(one.reason),
    };
    return [wish, outcome];
  });
}

const said = (reason: string | null) =>
  reason && <span className="wrap-anywhere whitespace-pre-line">{reason}</span>;
