type Props = { title: string; text: string; more?: string; children: React.ReactNode };

/** What became of a link, and where to go from here. */
export function Outcome({ title, text, more, children }: Props) {
  return (
    <>
      <h1 className="text-h1 mb-3">{title}</h1>
      <p className="text-ink-soft">{text}</p>
      {more && <p className="text-ink-soft mt-2">{more}</p>}
      <div className="mt-8">{children}</div>
    </>
  );
}
