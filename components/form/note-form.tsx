import type { ButtonVariant } from "@/components/ui/button";

import { ActionForm, type FormAction } from "./action-form";
import { TextareaField } from "./fields";
import { SubmitButton } from "./submit-button";

type Props = {
  action: FormAction;
  /** Names the form where no heading does. */
  label?: string;
  /** What goes with the words, by its name. */
  subject: Readonly<Record<string, string>>;
  note: { name: string; label: string; hint?: string; rows?: number; maxLength: number };
  submit: string;
  /** Of the button. */
  variant?: ButtonVariant;
  /** Warns before leaving with unsent words. */
  guard?: boolean;
};

/** An act that asks for one thing, a few words of the person's own: a reason, a result, a message. */
export function NoteForm({ subject, note, submit, variant = "outline", ...form }: Props) {
  return (
    <ActionForm
      className="max-w-form mt-2"
      resetOnDone
      scope={Object.values(subject).join(" ")}
      {...form}
    >
      {Object.entries(subject).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <TextareaField required rows={3} {...note} />
      <div className="mt-3">
        <SubmitButton variant={variant}>{submit}</SubmitButton>
      </div>
    </ActionForm>
  );
}

type FoldedProps = Props & {
  /** What opens it. */
  open: string;
};

/** The same behind a line that opens it, in the row of a table. */
export function FoldedNoteForm({ open, ...form }: FoldedProps) {
  return (
    <details className="mt-1">
      <summary className="text-link text-small inline-block min-h-6 cursor-pointer">{open}</summary>
      <div className="min-w-60 max-sm:min-w-0">
        <NoteForm {...form} />
      </div>
    </details>
  );
}
