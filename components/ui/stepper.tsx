import { useTranslations } from "next-intl";

import { StatusShape } from "./status";

export type Step = {
  key: string;
  label: React.ReactNode;
  note?: React.ReactNode;
  /** `unfinished`: begun, and left so. */
  state: "done" | "current" | "todo" | "unfinished";
};

const TONES = { done: "ok", current: "run", todo: "info", unfinished: "off" } as const;

/** The steps of a matter from first to last, and where it stands. */
export function Stepper({ label, steps }: { label: string; steps: readonly Step[] }) {
  const t = useTranslations("ui.step");
  return (
    <ol aria-label={label} className="flex max-sm:flex-col">
      {steps.map(({ key, label: name, note, state }) => (
        <li
          key={key}
          aria-current={state === "current" ? "step" : undefined}
          className={`text-small text-ink-muted relative flex-1 pt-5.5 pr-3 before:absolute before:top-[7px] before:right-1.5 before:left-4.5 before:h-px last:before:hidden max-sm:pt-0 max-sm:pb-3.5 max-sm:pl-6.5 max-sm:before:top-5 max-sm:before:right-auto max-sm:before:bottom-0 max-sm:before:left-1.5 max-sm:before:h-auto max-sm:before:w-px ${state === "done" ? "before:bg-ok" : "before:bg-line-strong"}`}
        >
          <StatusShape
            tone={TONES[state]}
            className={`absolute top-px left-0 max-sm:top-1 ${state === "todo" ? "text-ink-muted" : ""}`}
          />
          <span
            className={`text-ui block ${state === "current" ? "text-ink font-semibold" : state === "done" ? "text-ink" : ""}`}
          >
            {name}
            <span className={state === "unfinished" ? "block" : "sr-only"}> {t(state)}</span>
          </span>
          {note}
        </li>
      ))}
    </ol>
  );
}
