import { StatusShape, type StatusTone } from "./status";

export type TimelineEvent = {
  key: string;
  tone: StatusTone;
  title: React.ReactNode;
  note?: React.ReactNode;
  children?: React.ReactNode;
};

export function Timeline({ label, events }: { label?: string; events: readonly TimelineEvent[] }) {
  return (
    <ol aria-label={label}>
      {events.map(({ key, tone, title, note, children }) => (
        <li
          key={key}
          className="before:bg-line-strong relative pb-6 pl-7 before:absolute before:top-5 before:-bottom-1 before:left-[5px] before:w-px last:pb-0 last:before:hidden"
        >
          <StatusShape tone={tone} className="absolute top-[5px] left-0" />
          <p className="font-semibold">{title}</p>
          {note && <p className="text-small text-ink-muted">{note}</p>}
          {children && <div className="mt-1">{children}</div>}
        </li>
      ))}
    </ol>
  );
}
