import { useTranslations } from "next-intl";

import { DeliveryReason } from "@/components/broadcasts/delivery-status";
import { Link } from "@/components/ui/link";
import { type StatusTone } from "@/components/ui/status";
import { Timeline, type TimelineEvent } from "@/components/ui/timeline";
import { type RecipientEvent } from "@/domain/broadcasts/read-recipient";
import { at } from "@/lib/addresses";
import { formatTableSeconds } from "@/lib/format";

const TONES: Record<RecipientEvent["kind"], StatusTone> = {
  placed: "ok",
  read: "ok",
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

type Props = { broadcastId: string; events: readonly RecipientEvent[] };

/** The whole way of a mail, to the second: attempts follow each other within one. */
export function RecipientTimeline({ broadcastId, events }: Props) {
  const t = useTranslations("broadcasts.board.recipient");
  return (
    <Timeline
      label={t("way")}
      events={events.map((event, index): TimelineEvent => {
        const { at, kind, count = 0, other, account } = event;
        return {
          key: `${index}`,
          tone: TONES[kind],
          title: t(`event.${kind}`, { count, name: other?.name ?? account?.name ?? "" }),
          note: <time dateTime={at.toISOString()}>{formatTableSeconds(at)}</time>,
          children: <Details event={event} broadcastId={broadcastId} />,
        };
      })}
    />
  );
}

function Details({ event, broadcastId }: { event: RecipientEvent; broadcastId: string }) {
  const t = useTranslations("broadcasts.board.recipient");
  const { detail, other, account } = event;
  return (
    <>
      {detail && (
        <span className="text-small text-ink-muted block">
          <DeliveryReason reason={detail} />
        </span>
      )}
      {other && (
        <Link href={at("/ops/broadcasts/*/recipients/*", broadcastId, other.userId)}>
          {other.name} <span className="wrap-anywhere">{other.address}</span>
        </Link>
      )}
      {account && (
        <Link href={at("/ops/unreached/*/*", broadcastId, account.id)}>{t("toUnreached")}</Link>
      )}
    </>
  );
}
