import { useLocale } from "next-intl";
import { type ComponentProps } from "react";

import type { Locale } from "@/db/vocabulary/languages";
import { type Address, withLanguage } from "@/lib/addresses";
import { cn } from "@/lib/cn";

const TONES = {
  text: "text-link underline decoration-1 underline-offset-[0.22em] decoration-current/40 hover:decoration-2 hover:decoration-current",
  plain:
    "py-[3px] text-inherit no-underline hover:underline hover:decoration-1 hover:underline-offset-[0.22em]",
  main: "py-[3px] font-semibold text-ink no-underline hover:underline group-hover:underline hover:decoration-1 hover:underline-offset-[0.22em]",
} as const;

export type LinkTone = keyof typeof TONES;

/** The classes of a link, for an `<a>` that leaves the site or downloads a file. */
export function linkClass(tone: LinkTone = "text"): string {
  return TONES[tone];
}

type BareProps = Omit<ComponentProps<"a">, "href"> & {
  href: Address;
  /** Another language than the reader's. */
  locale?: Locale;
  /** Whether the page that it leads to begins at its top. */
  scroll?: boolean;
};

/**
 * A link without a look of its own, and without a script of its own: the shell follows it
 * (`ShellManners`), so a page with a hundred links wakes up as fast as one with none. Nothing is
 * fetched ahead: a page is made for its reader when it is opened, so a fetch ahead would bring its
 * frame alone, at the price of a visit for every link in view.
 */
export function BareLink({ href, locale, scroll = true, ...rest }: BareProps) {
  const own = useLocale();
  const way = scroll ? "top" : "here";
  return <a {...rest} href={withLanguage(locale ?? own, href)} data-within={way} />;
}

type Props = BareProps & { tone?: LinkTone };

/** A link inside the site; `href` has no language, the reader's is put in front of it. */
export function Link({ tone = "text", className, ...rest }: Props) {
  return <BareLink className={cn(TONES[tone], className)} {...rest} />;
}
