"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

import { Icon } from "./icon";

type Props = { text: string; label?: string };

/** Puts a text on the clipboard and says so in place. `label` names what is copied. */
export function CopyButton({ text, label }: Props) {
  const t = useTranslations("ui.copy");
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  const name = label ? t("named", { what: label }) : t("plain");
  return (
    <>
      <button
        type="button"
        aria-label={name}
        title={name}
        onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
        className="text-ink-muted hover:bg-hover hover:text-ink inline-flex size-6 flex-none items-center justify-center rounded-sm print:hidden"
      >
        <Icon name={copied ? "check" : "copy"} size={14} />
      </button>
      <span role="status" className="sr-only">
        {copied ? t("done") : ""}
      </span>
    </>
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
