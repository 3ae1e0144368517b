"use client";

import { createContext, useContext } from "react";

import { type FormState } from "@/server/action";

type Form = {
  /** Message keys by field name, of the last refusal. */
  fields: Readonly<Record<string, readonly string[]>>;
  /** What those messages mention. */
  values: Readonly<Record<string, string | number>>;
  pending: boolean;
  /** Whether something was typed that has not been sent; always false without `guard`. */
  isUnsaved?: boolean;
};

/** What the fields and the submit button know about the form around them. */
export const FormContext = createContext<Form>({
  fields: {},
  values: {},
  pending: false,
  isUnsaved: false,
});

export function useForm(): Form {
  return useContext(FormContext);
}

/** What the fields say about the last refusal; nothing after anything else. */
export function refusalOf(state: FormState) {
  return state.status === "refused"
    ? { fields: state.fields, values: state.values }
    : { fields: {}, values: {} };
}

/** The refusal of a form that lacks what it requires, as its action would word it; nothing where it has all. */
export function missingIn(form: HTMLFormElement): FormState | undefined {
  const names = [...form.elements].flatMap((field) =>
    isField(field) && field.validity.valueMissing ? field.name : [],
  );
  if (names.length === 0) return undefined;
  const fields = Object.fromEntries(names.map((name) => [name, ["errors.field.required"]]));
  return { status: "refused", messageKey: "errors.form", values: {}, fields, at: Date.now() };
}

const isField = (control: Element) =>
  control instanceof HTMLInputElement ||
  control instanceof HTMLTextAreaElement ||
  control instanceof HTMLSelectElement;

/** The id of a field's control; the error summary links to it. */
export function fieldId(name: string): string {
  return `field-${name.replace(/[^a-zA-Z0-9]+/g, "-")}`;
}
