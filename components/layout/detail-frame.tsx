import { cn } from "@/lib/cn";

type Props = {
  /** What is read first; on a narrow screen the aside comes between it and the rest. */
  lead?: React.ReactNode;
  /** How it stands, and what is done about it. */
  aside: React.ReactNode;
  /** It stays in sight while the rest is read. */
  isFixed?: boolean;
  /** What is at its end must be at hand before the end of a long page: it scrolls by itself, and holds what can be focused. */
  scrolls?: boolean;
  children: React.ReactNode;
};

/** One thing of the working side: at the left what it says, beside it what matters of it. */
export function DetailFrame({ lead, aside, isFixed, scrolls, children }: Props) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,1fr)_var(--w-aside)] xl:grid-rows-[auto_1fr] xl:gap-y-0 print:block">
      {lead && <div className="min-w-0 xl:col-start-1 xl:mb-8">{lead}</div>}
      <aside
        className={cn(
          "min-w-0 xl:col-start-2 xl:row-span-2 xl:row-start-1",
          isFixed && "xl:sticky xl:top-[calc(var(--h-bar)+1rem)]",
          scrolls && "xl:-m-1 xl:max-h-[calc(100dvh-var(--h-bar)-2rem)] xl:overflow-y-auto xl:p-1",
        )}
      >
        {aside}
      </aside>
      <div
        className={cn(
          "min-w-0 xl:col-start-1",
          lead ? "xl:row-start-2" : "xl:row-span-2 xl:row-start-1",
        )}
      >
        {children}
      </div>
    </div>
  );
}

type FrameProps = { aside: React.ReactNode; children: React.ReactNode };

/** What will leave, and beside it, as wide as a mail, how it will look. */
export function ComposerFrame({ aside, children }: FrameProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_var(--w-preview)]">
      <div className="min-w-0">{children}</div>
      {aside}
    </div>
  );
}

/**
 * What is filled in, and beside it its sections and what is still missing in them; below it while a text
 * and its preview need the width.
 */
export function IndexedFrame({ aside, children }: FrameProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8 xl:not-has-data-previewing:grid-cols-[minmax(0,1fr)_var(--w-index)]">
      <div className="min-w-0">{children}</div>
      {aside}
    </div>
  );
}
