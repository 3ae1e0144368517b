import type { StatusTone } from "@/components/ui/status";
import type { DeregistrationStatus } from "@/db/vocabulary/deregistrations";

export const DEREGISTRATION_TONES: Record<DeregistrationStatus, StatusTone> = {
  awaiting_owner: "warn",
  cooling_off: "run",
  cancelled: "off",
  completed: "ok",
};
