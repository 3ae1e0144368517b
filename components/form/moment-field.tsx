"use client";

import { useTranslations } from "next-intl";

import { HOME_ZONE, type TimeZone } from "@/db/vocabulary/zones";
import { minuteIn } from "@/lib/zones";

import { TextField } from "./fields";

type Props = {
  name: string;
  label: React.ReactNode;
  hint?: string;
  required?: boolean;
  /** Null where none is known. */
  at: Date | null;
  /** Where another field says by whose clock: that which was chosen. */
  zone?: TimeZone;
};

/** A minute on Beijing's clock, or on that of a zone, whatever the reader's own. */
export function MomentField({ name, label, hint, required = false, at, zone }: Props) {
  const t = useTranslations("ui.moment");
  return (
    <TextField
      type="datetime-local"
      name={name}
      label={label}
      hint={hint}
      aside={zone ? undefined : t("hint")}
      required={required}
      max="9999-12-31T23:59"
      defaultValue={at ? minuteIn(zone ?? HOME_ZONE, at) : ""}
      fieldClassName="max-w-64"
    />
  );
}
