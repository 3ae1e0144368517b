"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

import { Button } from "./button";
import { Icon } from "./icon";

type Props = { text: string; label?: string };
type Outcome = "done" | "failed";

/** Puts a text on the clipboard and says so in place. `label` names what is copied. */
export function CopyButton({ text, label }: Props) {
  const t = useTranslations("ui.copy");
  const { outcome, copy } = useCopy();
  const name = label ? t("named", { what: label }) : t("plain");
  return (
    <span className="relative inline-flex flex-none print:hidden">
      <button
        type="button"
        aria-label={name}
        title={name}
        onClick={() => void copy(text)}
        className="text-ink-muted hover:bg-hover hover:text-ink inline-flex size-6 items-center justify-center rounded-sm max-md:-m-2.5 max-md:size-11"
      >
        <Icon name={outcome === "done" ? "check" : "copy"} size={14} />
      </button>
      <CopyOutcome outcome={outcome} className="absolute right-0 bottom-full mb-1" />
    </span>
  );
}

/** The same as a button in words, in a row of others. */
export function CopyTextButton({ text, label }: { text: string; label: string }) {
  const { outcome, copy } = useCopy();
  return (
    <span className="relative inline-flex flex-none print:hidden">
      <Button variant="outline" onClick={() => void copy(text)}>
        <Icon name={outcome === "done" ? "check" : "copy"} size={14} />
        {label}
      </Button>
      <CopyOutcome outcome={outcome} className="absolute bottom-full left-0 mb-1" />
    </span>
  );
}

/** What came of the last copying, for a while; a closed clipboard is said too. */
export function useCopy() {
  const [outcome, setOutcome] = useState<Outcome>();
  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(undefined), outcome === "done" ? 2_000 : 6_000);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy(text: string) {
    // Announced anew when the same is copied twice.
    setOutcome(undefined);
    try {
      await navigator.clipboard.writeText(text);
      setOutcome("done");
    } catch {
      setOutcome("failed");
    }
  }
  return { outcome, copy };
}

type OutcomeProps = { outcome: Outcome | undefined; className: string };

/** Seen and announced; empty, it waits unseen for what it has to say. */
export function CopyOutcome({ outcome, className }: OutcomeProps) {
  const t = useTranslations("ui.copy");
  const look = `border-line bg-raised text-caption text-ink shadow-pop pointer-events-none z-[var(--z-popover)] w-max max-w-60 rounded-md border px-2 py-1 font-sans font-normal ${className}`;
  return (
    <span role="status" className={outcome ? look : "sr-only"}>
      {outcome && t(outcome)}
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
