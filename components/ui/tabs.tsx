import { type Address } from "@/lib/addresses";

import { BareLink } from "./link";

type Tab = { href: Address; label: React.ReactNode; count?: number; current?: boolean };

/** Parts of one page, each with its own address. */
export function TabLinks({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav
      aria-label={label}
      className="border-line [scrollbar-width:none] overflow-x-auto overflow-y-hidden border-b print:hidden"
    >
      <ul className="flex gap-6">
        {tabs.map(({ href, label: text, count, current }) => (
          <li key={href} className="flex-none">
            <BareLink
              href={href}
              aria-current={current ? "page" : undefined}
              className="text-ink-soft hover:text-ink aria-[current=page]:border-ink aria-[current=page]:text-ink block border-b-2 border-transparent pt-2 pb-2 whitespace-nowrap no-underline focus-visible:-outline-offset-2 aria-[current=page]:font-semibold max-md:py-3"
            >
              {text}
              {count !== undefined && (
                <span className="text-caption text-ink-muted ml-1 font-normal tabular-nums">
                  {count}
                </span>
              )}
            </BareLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
