"use client";

import { useLocale, useTranslations } from "next-intl";
import { useCallback, useState } from "react";

import { describedBy, Field } from "@/components/ui/field";
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

/** Bytes that still reach the server (next.config.js lets 12 MB through); the verb says what it takes. */
const MOST_SENT = 11 * 1024 * 1024;

/** A labelled file: picked or dropped on it. It shows the size of what was chosen. */
export function FileField({ name, label, hint, required, accept }: Props) {
  const t = useTranslations("ui.form");
  const locale = useLocale();
  const [file, setFile] = useState<File>();
  const [tooLarge, setTooLarge] = useState<File>();
  const { id, ...field } = useField(name, hint);
  const error = tooLarge
    ? t("fileTooLarge", { name: tooLarge.name, size: formatFileSize(tooLarge.size, locale) })
    : field.error;

  /** A form that empties itself after success takes the file away without telling the input. */
  const forget = useCallback((input: HTMLInputElement) => {
    const { form } = input;
    const onReset = () => setFile(undefined);
    form?.addEventListener("reset", onReset);
    return () => form?.removeEventListener("reset", onReset);
  }, []);

  function choose(input: HTMLInputElement) {
    const chosen = input.files?.[0];
    const isTooLarge = chosen !== undefined && chosen.size > MOST_SENT;
    if (isTooLarge) input.value = "";
    setTooLarge(isTooLarge ? chosen : undefined);
    setFile(isTooLarge ? undefined : chosen);
  }

  return (
    <Field id={id} label={label} hint={hint} error={error} required={required ?? false}>
      <FileInput
        id={id}
        ref={forget}
        name={name}
        accept={accept}
        required={required}
        choose={t("chooseFile")}
        onChange={(event) => choose(event.currentTarget)}
        {...describedBy(id, { hint, error })}
      >
        <span role="status">
          {file
            ? t("chosenFile", { name: file.name, size: formatFileSize(file.size, locale) })
            : t("dropFile")}
        </span>
      </FileInput>
    </Field>
  );
}
