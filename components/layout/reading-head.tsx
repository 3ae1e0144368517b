type Props = {
  title: React.ReactNode;
  lead?: React.ReactNode;
  /** Before the title: where the page stands. */
  above?: React.ReactNode;
};

/** The head of a page of the reading side that is not a policy text. */
export function ReadingHead({ title, lead, above }: Props) {
  return (
    <header className="max-w-160 pt-7 pb-6 md:pt-12 md:pb-8">
      {above}
      <h1 className="lg:text-h1 max-lg:text-[1.625rem] max-lg:leading-9">{title}</h1>
      {lead && <p className="text-ink-soft mt-3">{lead}</p>}
    </header>
  );
}
