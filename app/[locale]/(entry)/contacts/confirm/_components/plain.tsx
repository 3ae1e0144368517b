type Props = { title: string; text: React.ReactNode; children: React.ReactNode };

/** What became of a link, and where to go from here. */
export function Plain({ title, text, children }: Props) {
  return (
    <>
      <h1 className="text-h1 mb-3">{title}</h1>
      <p className="text-ink-soft mb-8">{text}</p>
      {children}
    </>
  );
}
