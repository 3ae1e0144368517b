import { type ComponentProps } from "react";

import { TextField } from "@/components/form/fields";

/** A code from a mail, an app or a sheet of paper; phones offer the first two by themselves. */
export function CodeField(
  props: Pick<
    ComponentProps<typeof TextField>,
    "label" | "hint" | "inputMode" | "maxLength" | "digitGroup"
  >,
) {
  return (
    <TextField
      name="code"
      autoComplete="one-time-code"
      required
      className="font-mono tracking-widest"
      {...props}
    />
  );
}
