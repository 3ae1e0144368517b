"use client";

import { useEffect, useState } from "react";

type Props = {
  /** Shown until it changes or is dismissed; `undefined` shows nothing. */
  message: string | undefined;
  action?: { label: string; onAct: () => void };
  /** Seconds until it leaves; what can be undone stays at least 5 (WCAG 2.2.1 asks for enough time). */
  seconds?: number;
  onGone: () => void;
};

/** Says that something small was done, and offers to undo it. Rare: results belong on the page. */
export function Toast({ message, action, seconds = 6, onGone }: Props) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!message || held) return;
    const timer = setTimeout(onGone, seconds * 1000);
    return () => clearTimeout(timer);
  }, [message, held, seconds, onGone]);

  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-4 bottom-6 z-[var(--z-toast)] flex justify-center print:hidden"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {message && (
        <p className="bg-ink text-surface pointer-events-auto inline-flex items-center gap-3 rounded-md py-2 pr-2 pl-4">
          {message}
          {action && (
            <button
              type="button"
              onClick={action.onAct}
              className="px-2 py-1 font-semibold underline underline-offset-[0.2em]"
            >
              {action.label}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
