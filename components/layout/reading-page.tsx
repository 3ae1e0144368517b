type Props = {
  as?: "article" | "div";
  title?: React.ReactNode;
  lead?: React.ReactNode;
  /** Before the title: where the page stands. */
  above?: React.ReactNode;
  /** Below the head, as wide as it: what must be known before reading. */
  notices?: React.ReactNode;
  /** At the left of the text. */
  contents?: React.ReactNode;
  /** At the right of the text; below it where there is no room. */
  aside?: React.ReactNode;
  /** A sheet may be wider than text; what is compared side by side takes the page. */
  span?: keyof typeof SPAN;
  children: React.ReactNode;
};

const SPAN = {
  text: "lg:col-start-2",
  sheet: "lg:col-start-2 lg:-col-end-1",
  page: "lg:col-span-full",
};

/**
 * The one layout of the reading side: whatever the page, its title and its text begin at the same
 * edge, and a line is as long as it reads well. `WidePage` is the other one.
 */
export function ReadingPage(props: Props) {
  const { as: As = "div", title, lead, above, notices, contents, aside, span, children } = props;
  return (
    <As className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-12 lg:grid-cols-[12.5rem_minmax(0,var(--w-reading))] xl:grid-cols-[14rem_minmax(0,var(--w-reading))_minmax(0,14rem)] xl:justify-between print:block">
      {title && (
        <div className="lg:col-start-2 lg:-col-end-1">
          <ReadingHead title={title} lead={lead} above={above} />
          {notices && <div className="max-w-reading mb-6 grid gap-2">{notices}</div>}
        </div>
      )}
      {contents && (
        <div className="h-full max-lg:mb-7 lg:col-start-1 lg:row-start-2">{contents}</div>
      )}
      <div className={`min-w-0 lg:row-start-2 ${SPAN[span ?? "text"]}`}>{children}</div>
      {aside && (
        <div className="max-xl:border-line max-xl:mt-12 max-xl:border-t max-xl:pt-5 lg:col-start-2 lg:row-start-3 xl:sticky xl:top-6 xl:col-start-3 xl:row-start-2">
          {aside}
        </div>
      )}
    </As>
  );
}

/** Tables from edge to edge, under the same head. */
export function WidePage({
  children,
  ...head
}: Pick<Props, "title" | "lead" | "above" | "children">) {
  return (
    <>
      <ReadingHead {...head} />
      {children}
    </>
  );
}

type HeadProps = Pick<Props, "title" | "lead" | "above">;

/** The head alone, where the layout is set already. With or without a trail above it, the title stands at one height. */
export function ReadingHead({ title, lead, above }: HeadProps) {
  return (
    <header className="pt-7 pb-6 lg:pt-12 lg:pb-8">
      {above && <div className="lg:-mt-7 lg:mb-1 lg:min-h-6">{above}</div>}
      <h1 className="lg:text-h1 max-w-[22em] max-lg:text-[1.625rem] max-lg:leading-9">{title}</h1>
      {lead && <div className="text-ink-soft max-w-reading mt-3">{lead}</div>}
    </header>
  );
}
