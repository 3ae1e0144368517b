import { useLocale, useTranslations } from "next-intl";

import { useDuration } from "@/components/ui/duration";
import { StepChart } from "@/components/ui/step-chart";
import { Time } from "@/components/ui/time";
import type { BroadcastStatus } from "@/db/vocabulary/broadcasts";
import { type DeliveryCourse } from "@/domain/broadcasts/course";
import { formatDateTime } from "@/lib/format";

import { type Counts, countOf, type DeliveryOutcome, outcomeOf } from "./delivery-counts";

type Props = Pick<DeliveryCourse, "outcomes" | "pauses" | "lastAt"> & {
  broadcast: { startedAt: Date; status: BroadcastStatus };
  mails: Counts;
  now: Date;
};

const MINUTE_MS = 60_000;

/** When the mails of a broadcast arrived or failed to, with its pauses: a stall is a level stretch. */
export function DeliveryOverTime(props: Props) {
  const { outcomes, broadcast, mails, now, lastAt } = props;
  const t = useTranslations("broadcasts.board.course");
  const locale = useLocale();
  const { startedAt, status } = broadcast;
  const ends = status === "finished" ? (lastAt ?? startedAt) : now;
  const to = new Date(Math.max(ends.getTime(), startedAt.getTime() + MINUTE_MS));
  const pauses = props.pauses.map((pause) => ({ from: pause.from, to: pause.to ?? to }));
  const [arrived, missed] = [growthOf(outcomes, "arrived"), growthOf(outcomes, "missed")];
  const counts = { arrived: totalOf(arrived), missed: totalOf(missed) };
  return (
    <>
      <StepChart
        label={t("label", {
          ...{ from: formatDateTime(startedAt, locale), all: countOf(mails) },
          ...{ ...counts, pauses: pauses.length },
        })}
        {...{ from: startedAt, to, now: to, pauses }}
        total={countOf(mails)}
        lines={[
          {
            ...{ key: "arrived", tone: "ok", points: arrived },
            text: t("arrived", { count: counts.arrived }),
          },
          {
            ...{ key: "missed", tone: "danger", points: missed },
            text: t("missed", { count: counts.missed }),
          },
        ]}
        words={{
          from: (
            <>
              {t("started")} <Time at={startedAt} form="table" />
            </>
          ),
          end: (
            <>
              {t(status === "finished" ? "last" : "now")} <Time at={ends} form="table" />
            </>
          ),
        }}
      />
      <p className="text-caption text-ink-muted mt-1">
        {usePace(arrived, startedAt)} {pauses.length > 0 && t("pauses")}
      </p>
    </>
  );
}

type Point = { at: Date; count: number };

const totalOf = (points: readonly Point[]): number => points.at(-1)?.count ?? 0;

/** How many had come to something by each moment. */
function growthOf(outcomes: Props["outcomes"], wanted: DeliveryOutcome): Point[] {
  let count = 0;
  return outcomes
    .filter(({ status }) => outcomeOf(status) === wanted)
    .map((step) => ({ at: step.at, count: (count += step.count) }));
}

/** Below this, shares of a whole are a play with numbers. */
const FEW = 10;

function usePace(points: readonly Point[], startedAt: Date): string {
  const t = useTranslations("broadcasts.board.course");
  const duration = useDuration();
  const all = totalOf(points);
  const within = (share: number) => {
    const reached = points.find(({ count }) => count >= share * all);
    return duration((reached?.at ?? startedAt).getTime() - startedAt.getTime());
  };
  if (all === 0) return "";
  if (all < FEW) return t("paceOfFew", { last: within(1) });
  return t("pace", { half: within(0.5), most: within(0.9) });
}
