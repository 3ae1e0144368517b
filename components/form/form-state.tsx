"use client";

import { createContext, useContext } from "react";

type Form = {
  /** Message keys by field name, of the last refusal. */
  fields: Readonly<Record<string, readonly string[]>>;
  pending: boolean;
};

/** What the fields and the submit button know about the form around them. */
export const FormContext = createContext<Form>({ fields: {}, pending: false });

export function useForm(): Form {
  return useContext(FormContext);
}

/** The id of a field's control; the error summary links to it. */
export function fieldId(name: string): string {
  return `field-${name.replace(/[^a-zA-Z0-9]+/g, "-")}`;
}
