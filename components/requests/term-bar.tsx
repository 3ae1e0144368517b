import { useTranslations } from "next-intl";

import { type Tick, TickBar } from "@/components/ui/tick-bar";
import { Time } from "@/components/ui/time";
import type { TermDay } from "@/domain/calendar/due-date";
import { shanghaiMidnight } from "@/lib/shanghai";

/** More late days than these would press the term itself together; the words say how many they are. */
const MOST_OVER = { row: 6, wide: 12 } as const;

type Props = {
  term: readonly TermDay[];
  /** Where there is room: with its words, from the day of receipt to the due date. */
  wide?: { startedAt: Date; isAppeal: boolean; dueDate: string };
  /** It was answered: the term ended there, and "today" is none of its days. */
  isAnswered?: boolean;
};

/** The working days until an answer is due: passed, left, and those it is late (P47). */
export function TermBar({ term, wide, isAnswered }: Props) {
  const t = useTranslations("requests.dueDate");
  const size = wide ? "wide" : "row";
  const over = term.filter(({ isOver }) => isOver).length;
  const all = term.length - over;
  const shown = term.slice(0, all + MOST_OVER[size]);
  const passed = shown.filter(({ isPassed }) => isPassed).length;
  const open = isAnswered
    ? t("bar.answered", { passed, all })
    : t("bar.open", { passed, all, left: all - passed });
  const label = over > 0 ? t("bar.over", { all, over }) : open;
  const now = isAnswered ? t("bar.answer") : t("bar.today");
  return (
    <TickBar
      label={label}
      size={size}
      ticks={shown.map((day) => ({ key: day.day, state: stateOf(day), gap: day.daysOff }))}
      now={passed}
      limit={all}
      {...(wide && {
        words: {
          start: (
            <>
              {t(wide.isAppeal ? "bar.appeal" : "bar.start")}{" "}
              <Time at={wide.startedAt} form="short" />
            </>
          ),
          now: over > 0 && !isAnswered ? t("bar.late", { over }) : now,
          limit: (
            <>
              {t("bar.due")} <Time at={shanghaiMidnight(wide.dueDate)} form="short" />
            </>
          ),
        },
      })}
    />
  );
}

function stateOf({ isOver, isPassed, isProvisional }: TermDay): Tick["state"] {
  if (isOver) return "over";
  if (isPassed) return "passed";
  return isProvisional ? "unknown" : "left";
}
