import { ActionForm, type FormAction } from "@/components/form/action-form";
import { TextareaField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";

import { type RequestParts } from "./request-parts";
import { RevisionFields } from "./revision-fields";

type Props = Pick<RequestParts, "found"> & {
  action: FormAction;
  /** What the button does; it names the form too. */
  act: string;
  /** The field's name, and what is to be written in it. */
  name: string;
  label: string;
  hint?: string;
  maxLength?: number;
  /** What stands in it at first. */
  value?: string;
  danger?: boolean;
  /** Below the text, e.g. a file. */
  after?: React.ReactNode;
  children?: React.ReactNode;
};

/** A form of one text: a question, a message, a note, a reason. */
export function WordsForm({
  found,
  action,
  act,
  name,
  label,
  hint,
  maxLength = 5000,
  value,
  danger,
  after,
  children,
}: Props) {
  return (
    <ActionForm action={action} label={act} resetOnDone guard>
      <RevisionFields found={found} />
      {children}
      <div>
        <TextareaField
          name={name}
          label={label}
          hint={hint}
          required
          rows={3}
          maxLength={maxLength}
          defaultValue={value}
        />
        {after}
      </div>
      <div className="mt-3">
        <SubmitButton variant={danger ? "danger" : "outline"}>{act}</SubmitButton>
      </div>
    </ActionForm>
  );
}
