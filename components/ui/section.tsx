type Props = {
  id?: string;
  title: React.ReactNode;
  /** Beside the title: how many, until when. */
  note?: React.ReactNode;
  more?: React.ReactNode;
  children: React.ReactNode;
};

/** A part of a page: a heading and a hairline, never a box. */
export function Section({ id, title, note, more, children }: Props) {
  return (
    <section id={id} data-section className="mt-8 first:mt-0">
      <SectionHead title={title} note={note} more={more} />
      {children}
    </section>
  );
}

/** The heading alone, where the section is of another element. */
export function SectionHead({ title, note, more }: Omit<Props, "children" | "id">) {
  return (
    <header className="mb-2 flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
      <h2 className="text-lead leading-6.5">{title}</h2>
      {note && <span className="text-small text-ink-muted">{note}</span>}
      {more && <span className="text-small ml-auto">{more}</span>}
    </header>
  );
}
