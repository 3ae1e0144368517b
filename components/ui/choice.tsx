import { type ComponentProps } from "react";

import { cn } from "@/lib/cn";

type Props = Omit<ComponentProps<"input">, "type" | "id"> & {
  id: string;
  label: React.ReactNode;
  hint?: React.ReactNode;
};

const BOX =
  "mt-0.5 size-4.5 cursor-pointer appearance-none border-[1.5px] border-line-control bg-raised hover:border-ink disabled:cursor-not-allowed disabled:border-line-strong disabled:bg-sunken forced-colors:appearance-auto";
const TICK =
  "rounded-sm checked:border-action checked:bg-action checked:bg-(image:--tick) checked:bg-size-[0.875rem] checked:bg-center checked:bg-no-repeat";
const DOT = "rounded-full checked:border-[0.34375rem] checked:border-action";

export function Checkbox(props: Props) {
  return <Choice type="checkbox" look={TICK} {...props} />;
}

export function Radio(props: Props) {
  return <Choice type="radio" look={DOT} {...props} />;
}

/** Ticks a row of a list for a form that stands elsewhere; the row names it. */
export function RowTick({ className, ...rest }: Omit<ComponentProps<"input">, "type">) {
  return (
    <label className={cn("grid size-6 cursor-pointer place-items-center", className)}>
      <input type="checkbox" data-tick className={`${BOX} ${TICK} mt-0!`} {...rest} />
    </label>
  );
}

type ChoiceProps = Props & { type: "checkbox" | "radio"; look: string };

function Choice({ id, label, hint, type, look, className, ...rest }: ChoiceProps) {
  return (
    <div
      className={cn(
        "has-disabled:text-ink-muted grid grid-cols-[1.25rem_minmax(0,1fr)] items-start gap-x-2.5 py-1.5 max-md:py-2.5",
        className,
      )}
    >
      <input
        id={id}
        type={type}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className={`${BOX} ${look}`}
        {...rest}
      />
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} className="text-small text-ink-muted col-start-2">
          {hint}
        </p>
      )}
    </div>
  );
}
