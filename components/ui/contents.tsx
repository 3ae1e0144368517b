import type { Locale } from "@/db/vocabulary/languages";

type Entry = { anchor: string; title: React.ReactNode; level?: number };

/** Links to the sections of the page; `manners/contents.ts` marks the one being read, maybe before React looks. */
export function ContentsList({ entries, lang }: { entries: readonly Entry[]; lang?: Locale }) {
  return (
    <ol lang={lang} className="border-line border-l">
      {entries.map(({ anchor, level = 2, title }) => (
        <li key={anchor}>
          <a
            href={`#${anchor}`}
            data-spied=""
            suppressHydrationWarning
            className={`text-ink-soft hover:border-line-strong hover:text-ink aria-[current]:border-ink aria-[current]:text-ink -ml-px block border-l-2 border-transparent py-1 no-underline focus-visible:-outline-offset-2 aria-[current]:font-semibold max-lg:py-2 ${level === 2 ? "pl-3.5" : "text-ink-muted pl-7"}`}
          >
            {title}
          </a>
        </li>
      ))}
    </ol>
  );
}
