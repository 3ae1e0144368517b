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
  span?: "text" | "sheet" | "page";
  children: React.ReactNode;
};

/**
 * The one layout of the reading side: whatever the page, its title and its text begin at the same
 * edge, and a line is as long as it reads well. `WidePage` is the other one. Inside the console the
 * edge is that of its sheet, and what stands beside the text shares one column (app/globals.css).
 */
export function ReadingPage(props: Props) {
  const { as: As = "div", title, lead, above, notices, contents, aside, children } = props;
  const span = props.span ?? "text";
  return (
    <As className="reading">
      {title && (
        <div data-part="head">
          <ReadingHead title={title} lead={lead} above={above} />
          {notices && (
            <div className="max-w-reading mb-6 grid gap-2 empty:hidden print:max-w-none">
              {notices}
            </div>
          )}
        </div>
      )}
      {contents && (
        <div data-part="contents" className="max-lg:mb-7">
          {contents}
        </div>
      )}
      <div data-part={span}>{children}</div>
      {aside && (
        <div
          data-part="aside"
          className="max-xl:border-line max-xl:mt-12 max-xl:border-t max-xl:pt-5"
        >
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
    <header className="reading-head">
      {above && <div>{above}</div>}
      <h1>{title}</h1>
      {lead && <div className="text-ink-soft max-w-reading mt-3 print:max-w-none">{lead}</div>}
    </header>
  );
}
