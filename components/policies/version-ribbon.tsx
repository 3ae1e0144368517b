import { useLocale, useTranslations } from "next-intl";

import { Ribbon, type RibbonSpan } from "@/components/ui/ribbon";
import type { VersionStatus } from "@/db/vocabulary/policies";
import { formatDate } from "@/lib/format";

type Version = {
  id: string;
  label: string;
  status: VersionStatus;
  effectiveAt: Date | null;
  archivedAt: Date | null;
};

type Props = {
  /** In any order, drafts and all: what never took effect and is not going to is left out. */
  versions: readonly Version[];
  now: Date;
  size?: "wide" | "aside";
  /** The version that the page shows. */
  shownId?: string;
};

/** Which version of a document held from when to when, and which will (P02). */
export function VersionRibbon({ versions, now, size, shownId }: Props) {
  const t = useTranslations("policies.ribbon");
  const locale = useLocale();
  const spans = spansOf(versions);
  const [first] = spans;
  if (!first) return null;
  const day = (at: Date) => formatDate(at, locale);
  const spoken = spans.map(({ text: label, from, to, look }) => {
    if (look === "ahead") return t("ahead", { label, from: day(from) });
    if (look === "current" || !to) return t("current", { label, from: day(from) });
    return t("past", { label, from: day(from), to: day(to) });
  });
  return (
    <Ribbon
      label={t("label", { list: spoken.join(t("separator")) })}
      spans={spans.map((span) => ({ ...span, isMeant: span.key === shownId }))}
      to={endOf(spans, now)}
      {...{ now, size }}
      today={t("today")}
    />
  );
}

const LOOKS: Partial<Record<VersionStatus, RibbonSpan["look"]>> = {
  archived: "past",
  in_force: "current",
  scheduled: "ahead",
};

function spansOf(versions: readonly Version[]): RibbonSpan[] {
  const held = versions
    .flatMap(({ effectiveAt, status, ...rest }) => {
      const look = LOOKS[status];
      return effectiveAt && look ? [{ ...rest, from: effectiveAt, look }] : [];
    })
    .toSorted((a, b) => a.from.getTime() - b.from.getTime());
  return held.map(({ id, label, from, look, archivedAt }, index) => ({
    ...{ key: id, text: label, from, look },
    to: archivedAt ?? held[index + 1]?.from ?? null,
  }));
}

/** Room behind what comes last, so that its stretch is seen. */
function endOf(spans: readonly RibbonSpan[], now: Date): Date {
  const start = spans[0]?.from.getTime() ?? now.getTime();
  const last = Math.max(now.getTime(), ...spans.map(({ from }) => from.getTime()));
  return new Date(last + Math.max((last - start) * 0.12, 86_400_000));
}
