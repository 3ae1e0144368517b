import { useTranslations } from "next-intl";

import { cn } from "@/lib/cn";

import { Icon } from "./icon";

type Texts = { hint?: React.ReactNode; error?: React.ReactNode };

type Props = Texts & {
  /** Id of the control inside; its hint and error are named after it. */
  id: string;
  label: React.ReactNode;
  required?: boolean;
  /** Beside the label at the end of the line, e.g. a count of characters. */
  aside?: React.ReactNode;
  children: React.ReactNode;
  className?: string;
};

/** The aria attributes a control inside a Field needs. */
export function describedBy(id: string, { hint, error }: Texts) {
  const ids = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return {
    ...(ids && { "aria-describedby": ids }),
    ...(error && { "aria-invalid": true as const }),
  };
}

export function Field(props: Props) {
  const { id, label, required, aside, hint, error, children, className } = props;
  return (
    <div
      className={cn(
        "mt-5 min-w-0 first:mt-0",
        error ? "border-danger border-l-[3px] pl-[13px]" : undefined,
        className,
      )}
    >
      <div className="mb-1 flex items-baseline gap-2">
        <label htmlFor={id} data-field-label={id} className="font-semibold">
          {label}
        </label>
        {required && <RequiredMark />}
        {aside && <span className="text-caption text-ink-muted ml-auto">{aside}</span>}
      </div>
      <FieldTexts id={id} hint={hint} error={error} />
      {children}
    </div>
  );
}

type GroupProps = Omit<Props, "aside"> & {
  /** One of several: such a group says itself that it must be answered, any other by its words. */
  isChoice?: boolean;
};

export function FieldGroup(props: GroupProps) {
  const { id, label, required, hint, error, children, className, isChoice } = props;
  return (
    <fieldset
      id={id}
      {...(isChoice && { role: "radiogroup", "aria-required": required ?? false })}
      tabIndex={-1}
      {...describedBy(id, { hint, error })}
      className={cn(
        "mt-5 min-w-0 first:mt-0",
        error ? "border-danger border-l-[3px] pl-[13px]" : undefined,
        className,
      )}
    >
      <legend className="mb-1 flex items-baseline gap-2 font-semibold">
        <span data-field-label={id}>{label}</span>
        {required && <RequiredMark />}
      </legend>
      <FieldTexts id={id} hint={hint} error={error} />
      {children}
    </fieldset>
  );
}

export function RequiredMark() {
  const t = useTranslations("ui.field");
  return <span className="text-caption text-ink-muted font-normal">{t("required")}</span>;
}

function FieldTexts({ id, hint, error }: Texts & { id: string }) {
  const t = useTranslations("ui.field");
  return (
    <>
      {hint && (
        <p id={`${id}-hint`} className="text-small text-ink-muted mb-1.5 wrap-anywhere">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-danger mb-1.5 flex gap-1.5 font-semibold">
          <Icon name="error" className="mt-[3px]" />
          <span>
            <span className="sr-only">{t("errorPrefix")}</span>
            {error}
          </span>
        </p>
      )}
    </>
  );
}
