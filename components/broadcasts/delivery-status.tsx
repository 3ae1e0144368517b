import { useTranslations } from "next-intl";

import { Status, type StatusTone } from "@/components/ui/status";
import { type DeliveryStatus as Value, SUPPRESSION_REASONS } from "@/db/vocabulary/broadcasts";

const TONES: Record<Value, StatusTone> = {
  queued: "info",
  sent: "run",
  unknown: "warn",
  unconfirmed: "warn",
  placed: "ok",
  delivered: "ok",
  deferred: "warn",
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

/** Why it did not arrive: in the reader's words where they are ours, else the provider's, marked as such. */
export function DeliveryReason({ reason }: { reason: string }) {
  const t = useTranslations("broadcasts.board");
  const known = SUPPRESSION_REASONS.find((one) => one === reason);
  if (known) return <span>{t(`why.${known}`)}</span>;
  return (
    <details>
      <summary className="cursor-pointer">{t("why.said")}</summary>
      <span lang="en" className="block max-w-80 wrap-anywhere">
        {reason}
      </span>
    </details>
  );
}
