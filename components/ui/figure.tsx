import { type Address } from "@/lib/addresses";

import { Link } from "./link";

type Props = { value: React.ReactNode; unit?: React.ReactNode };

export function Figure({ value, unit }: Props) {
  return (
    <p className="text-figure flex items-baseline gap-2 font-semibold tabular-nums">
      {value} {unit && <span className="text-ui text-ink-muted min-w-0 font-normal">{unit}</span>}
    </p>
  );
}

type RowProps = {
  label: string;
  /** How many there are of something, and the list that holds just those. */
  figures: readonly { href: Address; label: string; count: number }[];
};

/** Where a day begins: a few numbers, each the door to what it counts. */
export function FigureRow({ label, figures }: RowProps) {
  return (
    <ul aria-label={label} className="border-line mb-8 grid grid-cols-2 border-y md:grid-cols-4">
      {figures.map(({ href, label: name, count }) => (
        <li key={href}>
          <Link
            href={href}
            tone="plain"
            className="hover:bg-hover -mx-2 block rounded-sm px-2 py-2.5 no-underline"
          >
            <span
              className={`text-figure block font-semibold tabular-nums ${count > 0 ? "text-ink" : "text-ink-muted"}`}
            >
              {count.toLocaleString("en")}{" "}
            </span>
            <span className="text-small text-ink-soft">{name}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
