import { useTranslations } from "next-intl";

import { Status, type StatusTone } from "@/components/ui/status";
import type {
  DispatchOutcome as Outcome,
  DispatchStatus as Value,
  EndpointEnd,
} from "@/db/vocabulary/endpoints";

const DISPATCH_TONES: Record<Value, StatusTone> = {
  queued: "info",
  accepted: "info",
  delivered: "ok",
  failed: "danger",
  unknown: "warn",
  cancelled: "off",
};

const OUTCOME_TONES: Record<Outcome, StatusTone> = {
  delivered: "ok",
  retry: "warn",
  uncertain: "warn",
  failed: "danger",
  gone: "danger",
};

/** Whether an endpoint is in use, and why not. */
export function EndpointStatus({ endReason }: { endReason: EndpointEnd | null }) {
  const t = useTranslations("endpoints");
  if (!endReason) return <Status tone="ok">{t("state.standing")}</Status>;
  return <Status tone={endReason === "gone" ? "danger" : "off"}>{t(`end.${endReason}`)}</Status>;
}

/** What became of one post. */
export function DispatchStatus({ status }: { status: Value }) {
  const t = useTranslations("endpoints.status");
  return <Status tone={DISPATCH_TONES[status]}>{t(status)}</Status>;
}

/** How one attempt ended; null while it runs, or where it was cut off. */
export function AttemptStatus({ outcome }: { outcome: Outcome | null }) {
  const t = useTranslations("endpoints");
  if (!outcome) return <Status tone="info">{t("page.running")}</Status>;
  return <Status tone={OUTCOME_TONES[outcome]}>{t(`outcome.${outcome}`)}</Status>;
}

const KNOWN = ["not_public", "not_https", "no_such_host", "timeout", "cut_off", "budget"] as const;

/** Why it did not arrive: ours in the reader's words, else as the receiver or the network put it. */
export function DispatchReason({ reason }: { reason: string }) {
  const t = useTranslations("endpoints.reason");
  const known = KNOWN.find((one) => one === reason);
  return <span className="wrap-anywhere">{known ? t(known) : t("other", { said: reason })}</span>;
}
