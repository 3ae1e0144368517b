type Props = {
  title: React.ReactNode;
  meta: React.ReactNode;
  /** "Archived", "not translated": what must be known before reading. */
  notices?: React.ReactNode;
  contents: React.ReactNode;
  children: React.ReactNode;
  aside: React.ReactNode;
};

/** The page of one version: contents, text, aside; one column where there is no room. */
export function ReaderLayout({ title, meta, notices, contents, children, aside }: Props) {
  return (
    <article className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-12 pt-7 lg:grid-cols-[200px_minmax(0,40rem)] lg:pt-12 xl:grid-cols-[216px_minmax(0,40rem)_minmax(0,232px)] xl:justify-between xl:gap-x-14 print:block print:pt-0">
      <header className="mb-5 lg:col-start-2 lg:-col-end-1 lg:mb-10">
        <h1 className="lg:text-h1 max-w-[22em] max-lg:text-[1.625rem] max-lg:leading-9">{title}</h1>
        {meta}
        {notices && <div className="mt-5 grid max-w-160 gap-2 xl:max-w-156">{notices}</div>}
      </header>
      <div className="h-full max-lg:mb-7 lg:col-start-1 lg:row-start-2">{contents}</div>
      <div className="grid min-w-0 gap-4 lg:col-start-2 lg:row-start-2">{children}</div>
      <div className="max-xl:border-line max-xl:mt-12 max-xl:border-t max-xl:pt-5 lg:col-start-2 lg:row-start-3 xl:sticky xl:top-6 xl:col-start-3 xl:row-start-2 print:hidden">
        {aside}
      </div>
    </article>
  );
}
