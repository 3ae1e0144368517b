import { type ComponentProps } from "react";

import { cn } from "@/lib/cn";

const CONTROL =
  "block min-h-9 w-full rounded-md border border-line-control bg-raised px-2.5 py-1.5 text-ui text-ink placeholder:text-ink-muted placeholder:opacity-100 hover:border-ink-soft focus:border-focus focus:outline-2 focus:-outline-offset-1 focus:outline-focus disabled:border-line-strong disabled:bg-sunken disabled:text-ink-muted aria-invalid:border-2 aria-invalid:border-danger max-md:min-h-11 max-md:text-body in-data-[room=guests]:min-h-11 in-data-[room=guests]:text-body";

/** One line of text. On a phone, and for guests, it is 44 px high and 16 px large: then no page zooms. */
export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cn(CONTROL, className)} {...rest} />;
}

/** As high as its rows, and higher as more is written, up to half a page; where a browser cannot, it scrolls. */
export function Textarea({ className, rows = 4, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      rows={rows}
      style={{ minHeight: `calc(${rows}lh + 0.875rem)` }}
      className={cn(CONTROL, "field-sizing-content max-h-128 resize-y", className)}
      {...rest}
    />
  );
}

/** The native list; its arrow is drawn in the colour of the text. */
export function Select({ className, ...rest }: ComponentProps<"select">) {
  return (
    <span className={cn("relative block", className)}>
      <select
        className={cn(CONTROL, "appearance-none pr-8 forced-colors:appearance-auto")}
        {...rest}
      />
      <svg
        viewBox="0 0 16 16"
        aria-hidden="true"
        className="text-ink-muted pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 fill-none stroke-current forced-colors:hidden"
        strokeWidth={1.6}
      >
        <path d="m4 6 4 4 4-4" />
      </svg>
    </span>
  );
}

type FileProps = Omit<ComponentProps<"input">, "type"> & {
  choose: string;
  /** Beside it: the file chosen, or that one can be dropped here. */
  children: React.ReactNode;
};

/**
 * The native picker, which also takes a file dropped on it. It lies unseen over words of ours: its
 * own are in the browser's language, not the page's. Without scripts it shows itself.
 */
export function FileInput({ choose, children, className, ...rest }: FileProps) {
  return (
    <div
      className={cn(
        "border-line-control bg-raised text-ui text-ink-soft hover:border-ink-soft has-focus-visible:outline-focus has-aria-invalid:border-danger group relative flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-dashed p-2 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-aria-invalid:border-2",
        className,
      )}
    >
      <span
        aria-hidden
        className="border-line-strong bg-raised text-small text-ink group-hover:bg-hover flex min-h-7 shrink-0 items-center rounded-md border px-3 max-md:min-h-9 noscript:hidden"
      >
        {choose}
      </span>
      <span className="min-w-0 noscript:hidden">{children}</span>
      <input
        type="file"
        className="absolute inset-0 w-full cursor-pointer opacity-0 noscript:static noscript:opacity-100"
        {...rest}
      />
    </div>
  );
}
