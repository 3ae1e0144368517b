import type { StatusTone } from "@/components/ui/status";
import type { RequestStatus } from "@/db/vocabulary/requests";

/** How a request's state looks to its requester: what needs them stands out. */
export const STATUS_TONES: Record<RequestStatus, StatusTone> = {
  received: "info",
  verifying: "run",
  need_more: "warn",
  in_progress: "run",
  with_developer: "run",
  in_review: "run",
  fulfilled: "ok",
  partly_fulfilled: "ok",
  refused: "danger",
  appealed: "run",
  withdrawn: "off",
};
