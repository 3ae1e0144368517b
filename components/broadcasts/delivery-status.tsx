import { useTranslations } from "next-intl";

import { Status, type StatusTone } from "@/components/ui/status";
import { type DeliveryStatus as Value } from "@/db/vocabulary";

const TONES: Record<Value, StatusTone> = {
  queued: "info",
  sent: "run",
  unknown: "warn",
  unconfirmed: "warn",
  placed: "ok",
  delivered: "ok",
  bounced: "danger",
  complained: "danger",
  suppressed: "off",
  failed: "danger",
  cancelled: "off",
};

/** What became of one mail or in-site message: a shape and a word. */
export function DeliveryStatus({ status }: { status: Value }) {
  const t = useTranslations("broadcasts.board.status");
  return <Status tone={TONES[status]}>{t(status)}</Status>;
}
