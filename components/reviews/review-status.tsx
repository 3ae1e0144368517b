import { Chip } from "@/components/ui/chip";
import { StatusShape, type StatusTone } from "@/components/ui/status";
import type { ReviewDecision } from "@/db/vocabulary/reviews";

export const DECISION_TONES: Record<ReviewDecision, StatusTone> = {
  approved: "ok",
  rejected: "danger",
};

/** A withdrawal that was agreed to is the end of the thing. */
export const WITHDRAWAL_TONES: Record<ReviewDecision, StatusTone> = {
  approved: "off",
  rejected: "danger",
};

/** Before what still keeps a draft from its review. */
export const UnmetShape = () => <StatusShape tone="danger" />;

/** Why something that waits for a second person weighs more than others. */
export function WeightChip({ isUrgent, children }: { isUrgent: boolean; children: string }) {
  return (
    <Chip after tone={isUrgent ? "warn" : "plain"}>
      {children}
    </Chip>
  );
}
