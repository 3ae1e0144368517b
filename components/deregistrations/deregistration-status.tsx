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
};

/** Where a deregistration stands; `isHeld` while its time has come and open requests hold it back. */
export function DeregistrationStatus({ status, isHeld }: { status: Code; isHeld?: boolean }) {
  const t = useTranslations("deregistrations");
  if (isHeld) return <Status tone="warn">{t("ops.held")}</Status>;
  return <Status tone={DEREGISTRATION_TONES[status]}>{t(`status.${status}`)}</Status>;
}

export function CheckResultStatus({ state }: { state: CheckState }) {
  const t = useTranslations("deregistrations.own.checks");
  return <Status tone={CHECK_TONES[state]}>{t(`state.${state}`)}</Status>;
}
