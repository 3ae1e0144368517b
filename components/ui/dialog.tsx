"use client";

import { useTranslations } from "next-intl";
import { useEffect, useId, useRef } from "react";

import { IconButton } from "./icon-button";

type Props = {
  open: boolean;
  /** Called on Escape, on the close button and when the form inside closes it. */
  onClose: () => void;
  title: React.ReactNode;
  children: React.ReactNode;
  /** Buttons at the foot; the safe one first. */
  actions?: React.ReactNode;
  size?: "md" | "lg";
};

/** What a dialog focuses first where it is not its title: the safe way on. */
export const FIRST_FOCUS = { "data-first-focus": "" };

/**
 * The native modal dialog: it keeps the focus inside and gives it back. It opens on what it says, or
 * on the way on marked by FIRST_FOCUS, never on the cross.
 */
export function Dialog({ open, onClose, title, children, actions, size = "md" }: Props) {
  const t = useTranslations("ui.dialog");
  const dialog = useRef<HTMLDialogElement>(null);
  const [titleId, textId] = [useId(), useId()];

  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) {
      element.showModal();
      const marked = element.querySelector<HTMLElement>("[data-first-focus]");
      (marked ?? element.querySelector("h2"))?.focus();
    }
    if (!open && element.open) element.close();
  }, [open]);

  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      aria-describedby={textId}
      onClose={onClose}
      className={`border-line bg-raised text-ui text-ink shadow-dialog m-auto max-h-[85dvh] w-[calc(100%-32px)] overflow-auto rounded-lg border p-6 ${size === "lg" ? "max-w-160" : "max-w-120"}`}
    >
      <header className="mb-2 flex items-start gap-4">
        <h2 id={titleId} tabIndex={-1} className="text-lead leading-7">
          {title}
        </h2>
        <IconButton
          icon="close"
          label={t("close")}
          onClick={onClose}
          className="-mt-1 -mr-2 ml-auto"
        />
      </header>
      <div id={textId}>{children}</div>
      {actions && <footer className="mt-6 flex flex-wrap justify-end gap-2">{actions}</footer>}
    </dialog>
  );
}
