"use client";

import { type ComponentProps } from "react";

import { Checkbox, Radio } from "@/components/ui/choice";
import { describedBy, Field, FieldGroup } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";

import { fieldId } from "./field-id";
import { useForm } from "./form-state";
import { useMessage } from "./use-message";

type Common = {
  name: string;
  label: React.ReactNode;
  hint?: React.ReactNode;
  required?: boolean;
  aside?: React.ReactNode;
  fieldClassName?: string;
};

/** Digits copied from elsewhere show in groups of `digitGroup`, as they are there; they are read without the blanks. */
export function TextField({
  name,
  label,
  hint,
  aside,
  fieldClassName,
  digitGroup,
  ...rest
}: Common & ComponentProps<"input"> & { digitGroup?: number }) {
  const { id, error, wiring } = useField(name, hint);
  return (
    <Field {...frame({ id, label, hint, error, aside, fieldClassName, required: rest.required })}>
      <Input
        id={id}
        name={name}
        {...wiring}
        {...rest}
        onInput={
          digitGroup ? ({ currentTarget }) => regroup(currentTarget, digitGroup) : rest.onInput
        }
      />
    </Field>
  );
}

/** Only what is typed or pasted at the end: a cursor in the middle stays where it is. */
function regroup(input: HTMLInputElement, size: number) {
  const digits = input.value.replace(/\s/g, "");
  if (input.selectionStart !== input.value.length || !/^\d+$/.test(digits)) return;
  const groups = Math.ceil(digits.length / size);
  input.value = Array.from({ length: groups }, (_, at) =>
    digits.slice(at * size, (at + 1) * size),
  ).join(" ");
}

export function TextareaField({
  name,
  label,
  hint,
  aside,
  fieldClassName,
  ...rest
}: Common & ComponentProps<"textarea">) {
  const { id, error, wiring } = useField(name, hint);
  return (
    <Field {...frame({ id, label, hint, error, aside, fieldClassName, required: rest.required })}>
      <Textarea id={id} name={name} {...wiring} {...rest} />
    </Field>
  );
}

export type Option = { value: string; label: string; hint?: React.ReactNode; disabled?: boolean };

type SelectProps = Common &
  Omit<ComponentProps<"select">, "children"> & { options: readonly Option[] };

/** A labelled native list. An option with value "" stands for "not chosen". */
export function SelectField({
  name,
  label,
  hint,
  aside,
  fieldClassName,
  options,
  ...rest
}: SelectProps) {
  const { id, error, wiring } = useField(name, hint);
  return (
    <Field {...frame({ id, label, hint, error, aside, fieldClassName, required: rest.required })}>
      <Select id={id} name={name} {...wiring} {...rest}>
        {options.map(({ value, label: text, disabled }) => (
          <option key={value} value={value} disabled={disabled}>
            {text}
          </option>
        ))}
      </Select>
    </Field>
  );
}

type RadiosProps = Omit<Common, "aside"> & {
  options: readonly Option[];
  defaultValue?: string | undefined;
  /** Side by side, for two or three short words. */
  inline?: boolean;
};

/** One choice of a few, all of them visible. */
export function RadiosField(props: RadiosProps) {
  const { name, label, hint, fieldClassName, options, defaultValue, inline } = props;
  const { id, error } = useField(name, hint);
  // What is chosen already asks for nothing.
  const required = props.required && !options.some(({ value }) => value === defaultValue);
  return (
    <FieldGroup isChoice {...frame({ id, label, hint, error, fieldClassName, required })}>
      <div className={inline ? "flex flex-wrap gap-x-6" : undefined}>
        {options.map((option) => (
          <Radio
            key={option.value}
            id={`${id}-${option.value}`}
            name={name}
            value={option.value}
            label={option.label}
            hint={option.hint}
            disabled={option.disabled}
            defaultChecked={option.value === defaultValue}
          />
        ))}
      </div>
    </FieldGroup>
  );
}

type CheckboxesProps = Omit<RadiosProps, "defaultValue" | "options"> & {
  options: readonly (Omit<Option, "label"> & { label: React.ReactNode })[];
  defaultValues?: readonly string[];
};

/** Any number of a few; the form carries one entry per ticked box, all of the same name. */
export function CheckboxesField(props: CheckboxesProps) {
  const {
    name,
    label,
    hint,
    required,
    fieldClassName,
    options,
    defaultValues = [],
    inline,
  } = props;
  const { id, error } = useField(name, hint);
  return (
    <FieldGroup {...frame({ id, label, hint, error, fieldClassName, required })}>
      <div className={inline ? "flex flex-wrap gap-x-6" : undefined}>
        {options.map((option) => (
          <Checkbox
            key={option.value}
            id={`${id}-${option.value}`}
            name={name}
            value={option.value}
            label={option.label}
            hint={option.hint}
            disabled={option.disabled}
            defaultChecked={defaultValues.includes(option.value)}
          />
        ))}
      </div>
    </FieldGroup>
  );
}

type CheckboxProps = Pick<Common, "name" | "label" | "hint"> &
  Pick<ComponentProps<"input">, "value" | "defaultChecked" | "required">;

/** A single statement to agree to; an error stands above it. */
export function CheckboxField({ name, label, hint, ...rest }: CheckboxProps) {
  const { id, error, wiring } = useField(name, hint);
  return (
    <div
      className={
        error ? "border-danger mt-5 border-l-[3px] pl-[13px] first:mt-0" : "mt-5 first:mt-0"
      }
    >
      {error && (
        <p id={`${id}-error`} className="text-danger font-semibold">
          {error}
        </p>
      )}
      <Checkbox id={id} name={name} label={label} hint={hint} value="yes" {...rest} {...wiring} />
    </div>
  );
}

/** The id, the error and the aria attributes of the field of this name. */
export function useField(name: string, hint?: React.ReactNode) {
  const { fields, values, said, scope } = useForm();
  const say = useMessage(said);
  const id = fieldId(name, scope);
  const key = fields[name]?.[0];
  const error = key ? say(key, values) : undefined;
  return { id, error, wiring: describedBy(id, { hint, error }) };
}

type Frame = Omit<ComponentProps<typeof Field>, "children" | "className" | "required"> & {
  fieldClassName?: string | undefined;
  required?: boolean | undefined;
};

function frame({ fieldClassName, required, ...rest }: Frame) {
  return {
    ...rest,
    ...(required && { required }),
    ...(fieldClassName && { className: fieldClassName }),
  };
}
