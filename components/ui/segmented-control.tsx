import { type Address } from "@/lib/addresses";

import { BareLink } from "./link";

type Item = { href: Address; label: React.ReactNode; current?: boolean; lang?: string };

const FRAME =
  "inline-flex max-w-full flex-wrap overflow-hidden rounded-md border border-line-strong bg-raised";
const PART =
  "relative inline-flex min-h-7 items-center border-l border-line px-3 py-1 text-small whitespace-nowrap text-ink-soft no-underline first:border-l-0 focus-visible:-outline-offset-2 max-md:min-h-11";
const CHOSEN = "bg-ink/8 font-semibold text-ink";

/** Two to five ways to look at the same thing, as links, so that the choice is in the address. */
export function SegmentedLinks({ label, items }: { label: string; items: readonly Item[] }) {
  return (
    <nav aria-label={label} className={`${FRAME} print:hidden`}>
      {items.map(({ href, label: text, current, lang }) => (
        <BareLink
          key={href}
          href={href}
          lang={lang}
          scroll={false}
          aria-current={current ? "true" : undefined}
          className={current ? `${PART} ${CHOSEN}` : `${PART} hover:bg-hover`}
        >
          {text}
        </BareLink>
      ))}
    </nav>
  );
}
