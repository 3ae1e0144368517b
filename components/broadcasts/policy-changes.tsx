import { useLocale } from "next-intl";

import { Link } from "@/components/ui/link";
import type { ChangeLine } from "@/wording/policy-change";

import { Prose } from "./broadcast-facts";

type Props = { heading: string; changes: readonly ChangeLine[]; note: string | null };

/** The concrete changes, numbered, each in the reader's language or else in the binding one. */
export function PolicyChanges({ heading, changes, note }: Props) {
  const locale = useLocale();
  return (
    <section className="border-t-ink border-t-2 pt-4 pb-6">
      <h2 className="text-h4">{heading}</h2>
      {note && <p className="text-small text-ink-muted mt-1">{note}</p>}
      <ol className="text-body mt-3">
        {changes.map(({ text, locale: language, clause }, index) => (
          <li key={index} className="grid grid-cols-[2em_minmax(0,1fr)] py-1.5">
            <span className="text-ink-muted tabular-nums">{index + 1}</span>
            <span lang={language === locale ? undefined : language}>
              <Prose text={text} />
            </span>
            {clause && (
              <Link
                href={clause.href}
                className="text-small col-start-2 justify-self-start max-md:py-1"
              >
                {clause.label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
