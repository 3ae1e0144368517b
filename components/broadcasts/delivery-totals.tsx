import { useLocale, useTranslations } from "next-intl";

import { Meter, type MeterPart } from "@/components/ui/meter";
import { type DeliveryStatus as Value, DELIVERY_STATUSES } from "@/db/vocabulary";
import { formatNumber } from "@/lib/format";

import { type Counts, countOf } from "./delivery-counts";
import { DeliveryStatus } from "./delivery-status";

/** What stands in the bar, in this order: what has arrived first, what waits last. */
const PARTS: readonly { status: Value; tone: MeterPart["tone"] }[] = [
  { status: "placed", tone: "ok" },
  { status: "delivered", tone: "ok" },
  { status: "complained", tone: "ok" },
  { status: "sent", tone: "run" },
  { status: "unconfirmed", tone: "unknown" },
  { status: "unknown", tone: "unknown" },
  { status: "bounced", tone: "danger" },
  { status: "failed", tone: "danger" },
  { status: "suppressed", tone: "danger" },
  { status: "queued", tone: "waiting" },
];

type Props = { title: string; counts: Counts };

/** One channel: a bar, and each status that occurs with its number. */
export function DeliveryTotals({ title, counts }: Props) {
  const t = useTranslations("broadcasts.board");
  const locale = useLocale();
  const present = DELIVERY_STATUSES.filter((status) => countOf(counts, [status]) > 0);
  return (
    <section>
      <h2 className="text-ui mb-2 font-semibold">
        {title}{" "}
        <span className="text-ink-muted font-normal tabular-nums">
          {formatNumber(countOf(counts), locale)}
        </span>
      </h2>
      <Meter
        label={title}
        legend={false}
        parts={PARTS.filter(({ status }) => present.includes(status)).map(({ status, tone }) => ({
          label: t(`status.${status}`),
          count: countOf(counts, [status]),
          tone,
        }))}
      />
      <ul className="mt-3">
        {present.map((status) => (
          <li key={status} className="border-line flex justify-between gap-4 border-b py-1.5">
            <DeliveryStatus status={status} />
            <span className="tabular-nums">{formatNumber(countOf(counts, [status]), locale)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
