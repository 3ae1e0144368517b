import { useTranslations } from "next-intl";

import { useDuration } from "@/components/ui/duration";
import { type ScaledMark, ScaledTimeline } from "@/components/ui/scaled-timeline";
import { Time } from "@/components/ui/time";
import { formatTableDateTime } from "@/lib/format";

type Moments = {
  discoveredAt: Date;
  /** When the first notice was published; null while nobody was told. */
  toldAt: Date | null;
  /** When the contingency plan was started (P16). */
  begunAt?: Date | null;
  containedAt: Date | null;
  resolvedAt: Date | null;
};

type Props = Moments & {
  /** By when the first notice had to go out, for who may know of it. */
  dueAt?: Date;
  now: Date;
};

/** An incident's hours true to scale: from knowing of it to telling it, containing it, and its end (P17). */
export function IncidentClock({ dueAt, now, ...moments }: Props) {
  const t = useTranslations("incidents.clock");
  const duration = useDuration();
  const { discoveredAt, toldAt, resolvedAt } = moments;
  const known = marksOf(moments, dueAt).toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const last = known.at(-1)?.at ?? discoveredAt;
  const to = resolvedAt || last > now ? last : now;
  const after = (at: Date) => duration(at.getTime() - discoveredAt.getTime());
  const isLate = dueAt !== undefined && (toldAt ?? now) > dueAt;
  const words = (key: MomentKey, at: Date) =>
    key === "discovered" ? null : t("after", { duration: after(at) });
  const label = known.map(({ key, at }) =>
    [`${t(key)} ${formatTableDateTime(at)}`, words(key, at)].filter(Boolean).join(", "),
  );
  return (
    <ScaledTimeline
      label={[t("title"), ...label].join("; ")}
      to={to}
      span={{ from: discoveredAt, to: toldAt ?? to, tone: isLate ? "late" : "kept" }}
      unit={(hours) => t("unit", { duration: duration(hours * HOUR_MS) })}
      marks={known.map(({ key, at, tone }): ScaledMark => ({
        key,
        at,
        tone: key === "told" && isLate ? "danger" : tone,
        text: (
          <>
            {t(key)} <Time at={at} form="table" />
          </>
        ),
        note: words(key, at),
      }))}
    />
  );
}

type MomentKey = "discovered" | "limit" | "told" | "begun" | "contained" | "resolved";
type Known = { key: MomentKey; at: Date; tone: ScaledMark["tone"] };

/** Those that are known, each with its shape. */
function marksOf(
  { discoveredAt, toldAt, begunAt, containedAt, resolvedAt }: Moments,
  dueAt?: Date,
): Known[] {
  const all: { key: MomentKey; at: Date | null | undefined; tone: ScaledMark["tone"] }[] = [
    { key: "discovered", at: discoveredAt, tone: "info" },
    { key: "limit", at: dueAt, tone: "limit" },
    { key: "told", at: toldAt, tone: "ok" },
    { key: "begun", at: begunAt, tone: "run" },
    { key: "contained", at: containedAt, tone: "run" },
    { key: "resolved", at: resolvedAt, tone: "ok" },
  ];
  return all.flatMap(({ key, at, tone }) => (at ? [{ key, at, tone }] : []));
}

const HOUR_MS = 3_600_000;
