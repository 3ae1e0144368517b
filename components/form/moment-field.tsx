"use client";

import { useTranslations } from "next-intl";

import { shanghaiMinute } from "@/lib/shanghai";

import { TextField } from "./fields";

type Props = {
  name: string;
  label: React.ReactNode;
  hint?: string;
  required?: boolean;
  /** Null where none is known. */
  at: Date | null;
};

/** A minute on Beijing's clock, whatever the reader's own. */
export function MomentField({ name, label, hint, required = false, at }: Props) {
  const t = useTranslations("ui.moment");
  return (
    <TextField
      type="datetime-local"
      name={name}
      label={label}
      hint={hint}
      aside={t("hint")}
      required={required}
      max="9999-12-31T23:59"
      defaultValue={at ? shanghaiMinute(at) : ""}
      fieldClassName="max-w-64"
    />
  );
}
