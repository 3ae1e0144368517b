"use client";

import { createContext, useContext } from "react";

import { type FormState } from "@/server/action";
import type { Said } from "@/server/said";

type Form = {
  /** Message keys by field name, of the last refusal. */
  fields: Readonly<Record<string, readonly string[]>>;
  /** What those messages mention. */
  values: Readonly<Record<string, string | number>>;
  said?: Said | undefined;
  pending: boolean;
  /** Of the ids of its fields, where the same form stands on the page several times. */
  scope?: string | undefined;
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
    ? { fields: state.fields, values: state.values, said: state.said }
    : { fields: {}, values: {} };
}

/**
 * The refusal of a form that lacks what it requires, or holds what its action would refuse, as far
 * as the page can tell; nothing where all is well.
 */
export function faultsIn(form: HTMLFormElement): FormState | undefined {
  const faults = [...form.elements].filter(isField).flatMap((field) => {
    const fault = faultOf(field);
    return fault ? [{ field, fault }] : [];
  });
  if (faults.length === 0) return undefined;
  const fields = Object.fromEntries(
    faults.map(({ field, fault }) => [field.name, [`errors.field.${fault}`]]),
  );
  const expected = faults.find(({ fault }) => fault === "different")?.field.dataset.expected ?? "";
  return {
    status: "refused",
    messageKey: "errors.form",
    values: { expected },
    fields,
    at: Date.now(),
  };
}

type ControlField = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function faultOf(
  field: ControlField,
): "required" | "email" | "moment" | "invalid" | "different" | undefined {
  const { validity, value, dataset } = field;
  if (validity.valueMissing || (field.required && !value.trim())) return "required";
  if (dataset.expected && plain(value) !== plain(dataset.expected)) return "different";
  if (validity.valid) return undefined;
  if (field.type === "email") return "email";
  return field.type === "datetime-local" ? "moment" : "invalid";
}

/** As a server compares what was typed: without blanks and without what separates thousands. */
const plain = (value: string) => value.normalize("NFKC").replaceAll(/[\s,]/g, "");

const isField = (control: Element) =>
  control instanceof HTMLInputElement ||
  control instanceof HTMLTextAreaElement ||
  control instanceof HTMLSelectElement;
