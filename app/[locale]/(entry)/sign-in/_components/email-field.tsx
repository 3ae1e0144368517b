"use client";

import { type ComponentProps } from "react";

import { TextField } from "@/components/form/fields";
import { useForm } from "@/components/form/form-state";

/** The address to mail to. A refused one stays without JavaScript too, where the page is made anew. */
export function EmailField(
  props: Pick<ComponentProps<typeof TextField>, "label" | "hint" | "autoComplete">,
) {
  const { email } = useForm().values;
  return (
    <TextField
      name="email"
      type="email"
      required
      {...(email && { defaultValue: email })}
      {...props}
    />
  );
}
