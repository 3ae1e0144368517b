import { useTranslations } from "next-intl";

import { Status, type StatusTone } from "@/components/ui/status";
import type { DeregistrationStatus as Code } from "@/db/vocabulary/deregistrations";
import type { CheckState } from "@/domain/deregistrations/rules";

const DEREGISTRATION_TONES: Record<Code, StatusTone> = {
  awaiting_owner: "warn",
  cooling_off: "run",
  cancelled: "off",
  completed: "ok",
};

const CHECK_TONES: Record<CheckState, StatusTone> = {
  passed: "ok",
  warning: "warn",
  blocking: "danger",
  word: "warn",
};

type Props = { status: Code; isHeld?: boolean; isPaused?: boolean };

/**
 * Where a deregistration stands; `isHeld` while its time has come and open requests hold it back,
 * `isPaused` while operations do.
 */
export function DeregistrationStatus({ status, isHeld, isPaused }: Props) {
  const t = useTranslations("deregistrations");
  if (isPaused) return <Status tone="warn">{t("ops.paused")}</Status>;
  if (isHeld) return <Status tone="warn">{t("ops.held")}</Status>;
  return <Status tone={DEREGISTRATION_TONES[status]}>{t(`status.${status}`)}</Status>;
}

export function CheckResultStatus({ state }: { state: CheckState }) {
  const t = useTranslations("deregistrations.own.checks");
  return <Status tone={CHECK_TONES[state]}>{t(`state.${state}`)}</Status>;
}
