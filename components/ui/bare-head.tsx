export type BareHeadProps = {
  title: React.ReactNode;
  /** One line below the title: what it belongs to, its state. */
  note?: React.ReactNode;
  actions?: React.ReactNode;
};

/** A page's head without the way to it, for what must stay light because it stands by for every page. */
export function BareHead({ title, note, actions }: BareHeadProps) {
  return (
    <header className="mb-5 flex items-start gap-x-6 gap-y-2 max-md:flex-wrap">
      <div className="min-w-0">
        <h1 className="text-[min(1.375rem,9vw)] leading-[1.364]">{title}</h1>
        {note && <div className="text-ink-muted mt-1">{note}</div>}
      </div>
      {actions && (
        <div className="flex gap-2 max-md:w-full max-md:flex-wrap md:ml-auto md:flex-none print:hidden">
          {actions}
        </div>
      )}
    </header>
  );
}
