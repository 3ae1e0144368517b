import { type ComponentProps } from "react";

import { cn } from "@/lib/cn";
import { Link as LocalizedLink } from "@/messages/navigation";

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

type Props = ComponentProps<typeof LocalizedLink> & { tone?: LinkTone };

/** A link inside the site; `href` has no language, the reader's is put in front of it. */
export function Link({ tone = "text", className, ...rest }: Props) {
  return <LocalizedLink className={cn(TONES[tone], className)} {...rest} />;
}
