import { useTranslations } from "next-intl";

import { Status } from "@/components/ui/status";
import { type ReachReason, WEAK_BELOW } from "@/db/vocabulary/reach";

/** How well an account can be reached, of a hundred points, said by more than its colour. */
export function ReachScore({ score }: { score: number }) {
  const t = useTranslations("broadcasts.reach");
  const level = levelOf(score);
  return <Status tone={TONES[level]}>{t(`level.${level}`, { score })}</Status>;
}

const TONES = { none: "danger", weak: "warn", good: "ok" } as const;

function levelOf(score: number): keyof typeof TONES {
  if (score === 0) return "none";
  return score < WEAK_BELOW ? "weak" : "good";
}

/** Why it is no better. */
export function ReachReasons({ reasons }: { reasons: readonly ReachReason[] }) {
  const t = useTranslations("broadcasts.reach");
  if (reasons.length === 0) return t("nothing");
  return (
    <ul>
      {reasons.map((reason) => (
        <li key={reason}>{t(`reason.${reason}`)}</li>
      ))}
    </ul>
  );
}

/** That a call is past the time it was due by. */
export function CallOverdue() {
  const t = useTranslations("broadcasts.calls");
  return <Status tone="danger">{t("overdue")}</Status>;
}
