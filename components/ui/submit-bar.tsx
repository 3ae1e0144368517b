type Props = {
  note?: React.ReactNode;
  /** What matters while the form is filled in, over the whole width. */
  above?: React.ReactNode;
  children: React.ReactNode;
};

/** Stays at the foot of the sheet while a long form is filled in; the buttons stand at its end. */
export function SubmitBar({ note, above, children }: Props) {
  return (
    <div
      data-submit-bar=""
      className="border-line bg-surface sticky bottom-0 z-[var(--z-sticky)] -mx-4 mt-8 flex flex-wrap items-center gap-x-4 gap-y-2 border-t px-4 py-3 md:-mx-8 md:px-8 print:hidden [@media(height<30rem)]:static"
    >
      {above && <div className="basis-full has-[>:empty]:hidden">{above}</div>}
      {note && <div className="text-small text-ink-muted max-md:hidden">{note}</div>}
      <div className="flex flex-wrap gap-2 max-md:w-full max-md:*:flex-1 md:ml-auto">
        {children}
      </div>
    </div>
  );
}
