import { useLocale, useTranslations } from "next-intl";

import { Meter } from "@/components/ui/meter";
import { DELIVERY_STATUSES } from "@/db/vocabulary/broadcasts";
import { formatNumber } from "@/lib/format";

import { type Counts, countOf, type DeliveryOutcome, outcomeOf } from "./delivery-counts";
import { DeliveryStatus, OUTCOME_TONES } from "./delivery-status";

/** The bar, in this order: what has arrived first, what waits last; every status has its place. */
const BAR: readonly DeliveryOutcome[] = [
  "arrived",
  "underWay",
  "unconfirmed",
  "unknown",
  "missed",
  "cancelled",
  "queued",
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
        parts={BAR.flatMap((outcome) =>
          present
            .filter((status) => outcomeOf(status) === outcome)
            .map((status) => ({
              label: t(`status.${status}`),
              count: countOf(counts, [status]),
              tone: OUTCOME_TONES[outcome],
            })),
        )}
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
