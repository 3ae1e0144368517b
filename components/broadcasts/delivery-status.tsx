import { useTranslations } from "next-intl";

import type { MeterPart } from "@/components/ui/meter";
import { Status, type StatusTone } from "@/components/ui/status";
import { CellNote } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type DeliveryStatus as Value, SUPPRESSION_REASONS } from "@/db/vocabulary/broadcasts";
import { CUT_OFF, refusalIn } from "@/db/vocabulary/routes";
import { HELD } from "@/db/vocabulary/waves";
import type { RecipientEvent } from "@/domain/broadcasts/read-recipient";

import type { DeliveryOutcome } from "./delivery-counts";

const DELIVERY_TONES: Record<Value, StatusTone> = {
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

/** The parts of the bar, where a whole broadcast is counted. */
export const OUTCOME_TONES: Record<DeliveryOutcome, MeterPart["tone"]> = {
  arrived: "ok",
  underWay: "run",
  unconfirmed: "unknown",
  unknown: "unknown",
  missed: "danger",
  cancelled: "off",
  queued: "waiting",
};

/** One moment on the way of a delivery. */
export const EVENT_TONES: Record<RecipientEvent["kind"], StatusTone> = {
  placed: "ok",
  read: "ok",
  known: "ok",
  bannerSeen: "ok",
  followed: "ok",
  "push.queued": "info",
  "push.accepted": "info",
  "push.delivered": "ok",
  "push.failed": "danger",
  "push.unknown": "warn",
  "push.cancelled": "off",
  "sms.queued": "info",
  "sms.accepted": "info",
  "sms.delivered": "ok",
  "sms.failed": "danger",
  "sms.unknown": "warn",
  "sms.cancelled": "off",
  queued: "info",
  queuedInstead: "info",
  suppressed: "off",
  frozen: "info",
  frozenAgain: "info",
  "attempt.accepted": "ok",
  "attempt.retry": "warn",
  "attempt.refused": "danger",
  "attempt.halt": "warn",
  "attempt.open": "warn",
  failed: "danger",
  unknown: "warn",
  unconfirmed: "warn",
  cancelled: "off",
  "reported.sent": "run",
  "reported.delivered": "ok",
  "reported.deferred": "warn",
  "reported.bounced": "danger",
  "reported.complained": "danger",
  "reported.failed": "danger",
  "reported.suppressed": "danger",
  fallback: "info",
  unreached: "danger",
};

/** What became of one mail or in-site message: a shape and a word. */
export function DeliveryStatus({ status }: { status: Value }) {
  const t = useTranslations("broadcasts.board.status");
  return <Status tone={DELIVERY_TONES[status]}>{t(status)}</Status>;
}

type ReadProps = { readAt: Date | null; knownAt: Date | null };

/** Whether an in-site message has been read, or its reader said that they know of it, and when. */
export function ReadStatus({ readAt, knownAt }: ReadProps) {
  const t = useTranslations("broadcasts.board.recipients");
  if (knownAt)
    return (
      <>
        <Status tone="ok">{t("known")}</Status>
        <CellNote>
          <Time at={knownAt} form="table" />
        </CellNote>
      </>
    );
  if (!readAt) return <Status tone="info">{t("unread")}</Status>;
  return (
    <>
      <Status tone="ok">{t("read")}</Status>
      <CellNote>
        <Time at={readAt} form="table" />
      </CellNote>
    </>
  );
}

const OWN_REASONS = [...SUPPRESSION_REASONS, HELD, CUT_OFF] as const;

/** Why it did not arrive: in the reader's words where they are ours, else the provider's, marked as such. */
export function DeliveryReason({ reason }: { reason: string }) {
  const t = useTranslations("broadcasts.board");
  const known = OWN_REASONS.find((one) => one === reason);
  if (known) return <span>{t(`why.${known}`)}</span>;
  const refusal = refusalIn(reason);
  if (refusal) return <span>{t("why.route", refusal)}</span>;
  return (
    <details>
      <summary className="cursor-pointer">{t("why.said")}</summary>
      <span lang="en" className="block max-w-80 wrap-anywhere">
        {reason}
      </span>
    </details>
  );
}
