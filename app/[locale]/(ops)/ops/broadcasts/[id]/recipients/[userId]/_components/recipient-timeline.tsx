import { useTranslations } from "next-intl";

import { DeliveryReason, EVENT_TONES } from "@/components/broadcasts/delivery-status";
import { Link } from "@/components/ui/link";
import { Timeline, type TimelineEvent } from "@/components/ui/timeline";
import { type RecipientEvent } from "@/domain/broadcasts/read-recipient";
import { at } from "@/lib/addresses";
import { formatTableSeconds } from "@/lib/format";

type Props = { broadcastId: string; events: readonly RecipientEvent[] };

/** The whole way of a mail, to the second: attempts follow each other within one. */
export function RecipientTimeline({ broadcastId, events }: Props) {
  const t = useTranslations("broadcasts.board.recipient");
  return (
    <Timeline
      label={t("way")}
      events={events.map((event, index): TimelineEvent => {
        const { at, kind, count = 0, other, account, browser } = event;
        return {
          key: `${index}`,
          tone: EVENT_TONES[kind],
          title: t(`event.${kind}`, { count, name: other?.name ?? account?.name ?? browser ?? "" }),
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
