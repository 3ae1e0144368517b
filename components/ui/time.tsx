import { useLocale } from "next-intl";

import {
  formatDate,
  formatDateTime,
  formatShortDate,
  formatTableDate,
  formatTableDateTime,
  machineDateTime,
} from "@/lib/format";

type Props = {
  at: Date | string;
  /** full: in sentences, with the zone. table: in columns. short: month and day. */
  form?: "full" | "date" | "table" | "table-date" | "short";
};

/** A moment in Beijing time; the whole of it stands in the title when the form is shorter. */
export function Time({ at, form = "full" }: Props) {
  const locale = useLocale();
  const whole = formatDateTime(at, locale);
  const shown = {
    full: () => whole,
    date: () => formatDate(at, locale),
    table: () => formatTableDateTime(at),
    "table-date": () => formatTableDate(at),
    short: () => formatShortDate(at, locale),
  }[form]();

  return (
    <time
      dateTime={machineDateTime(at)}
      title={form === "full" ? undefined : whole}
      className="tabular-nums"
    >
      {shown}
    </time>
  );
}
