"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { Field } from "@/components/ui/field";
import { FileInput } from "@/components/ui/input";
import { formatFileSize } from "@/lib/format";

import { useField } from "./fields";

type Props = {
  name: string;
  label: React.ReactNode;
  hint?: React.ReactNode;
  required?: boolean;
  /** File endings, e.g. ".md,.txt,.docx"; the verb checks the content. */
  accept?: string;
};

/** A labelled file: picked or dropped on it. It shows the size of what was chosen. */
export function FileField({ name, label, hint, required, accept }: Props) {
  const t = useTranslations("ui.form");
  const locale = useLocale();
  const [file, setFile] = useState<File>();
  const { id, error, wiring } = useField(name, hint);
  return (
    <Field id={id} label={label} hint={hint} error={error} required={required ?? false}>
      <FileInput
        id={id}
        name={name}
        accept={accept}
        required={required}
        onChange={(event) => setFile(event.currentTarget.files?.[0])}
        {...wiring}
      />
      <p role="status" className="text-small text-ink-muted mt-1">
        {file ? t("chosenFile", { name: file.name, size: formatFileSize(file.size, locale) }) : ""}
      </p>
    </Field>
  );
}
