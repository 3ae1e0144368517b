import { useTranslations } from "next-intl";

import { cn } from "@/lib/cn";

import { Button } from "./button";
import { Icon } from "./icon";

type Props = { text: string; label?: string };

const FRAME = "group/copying relative inline-flex flex-none print:hidden";

/** Puts a text on the clipboard (`manners/copy.ts`) and says so in place. `label` names what is copied. */
export function CopyButton({ text, label }: Props) {
  const t = useTranslations("ui.copy");
  const name = label ? t("named", { what: label }) : t("plain");
  return (
    <span data-copying="" className={FRAME}>
      <button
        type="button"
        aria-label={name}
        title={name}
        data-copy={text}
        className="text-ink-muted hover:bg-hover hover:text-ink inline-flex size-6 items-center justify-center rounded-sm max-md:-m-2.5 max-md:size-11"
      >
        <CopyIcon />
      </button>
      <CopyOutcome className="absolute right-0 bottom-full mb-1" />
    </span>
  );
}

/** The same as a button in words, in a row of others. */
export function CopyTextButton({ text, label }: { text: string; label: string }) {
  return (
    <span data-copying="" className={FRAME}>
      <Button variant="outline" data-copy={text}>
        <CopyIcon />
        {label}
      </Button>
      <CopyOutcome className="absolute bottom-full left-0 mb-1" />
    </span>
  );
}

function CopyIcon() {
  return (
    <>
      <span className="group-data-[outcome=done]/copying:hidden">
        <Icon name="copy" size={14} />
      </span>
      <span className="hidden group-data-[outcome=done]/copying:block">
        <Icon name="check" size={14} />
      </span>
    </>
  );
}

/** What came of the last copying, for a while. Seen and announced; empty, it waits for what it has to say. */
export function CopyOutcome({ className }: { className: string }) {
  const t = useTranslations("ui.copy");
  return (
    <span role="status" data-done={t("done")} data-failed={t("failed")}>
      <span
        className={cn(
          "border-line bg-raised text-caption text-ink shadow-pop pointer-events-none z-[var(--z-popover)] w-max max-w-60 rounded-md border px-2 py-1 font-sans font-normal empty:hidden",
          className,
        )}
      />
    </span>
  );
}

/** A secret or an address in a line of its own, whole, with its button. */
export function CopyLine({ text, label }: { text: string; label: string }) {
  return (
    <p className="bg-raised border-line mt-2 flex items-center gap-2 rounded-md border px-3 py-2">
      <code className="text-small min-w-0 flex-1 font-mono wrap-anywhere">{text}</code>
      <CopyButton text={text} label={label} />
    </p>
  );
}

type WordsProps = { text: string; label: string; lang?: string };

/** Words or an address among others, each under what it is, whole, with its button. */
export function CopyWords({ text, label, lang }: WordsProps) {
  return (
    <div className="mt-3">
      <p className="text-caption text-ink-muted">{label}</p>
      <p className="bg-raised border-line mt-1 flex items-start gap-2 rounded-md border px-3 py-2">
        <span lang={lang} className="text-small min-w-0 flex-1 wrap-anywhere">
          {text}
        </span>
        <CopyButton text={text} label={label} />
      </p>
    </div>
  );
}
