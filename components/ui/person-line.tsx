type Props = { name: string; note?: React.ReactNode };

/** A person, and what they are here: a role, a company, a moment. */
export function PersonLine({ name, note }: Props) {
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      {name}
      {note && <span className="text-small text-ink-muted">{note}</span>}
    </span>
  );
}
