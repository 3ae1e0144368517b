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
  /** Several at once; together they are sent in one form. */
  multiple?: boolean;
};

/** Bytes that still reach the server (next.config.js lets 12 MB through); the verb says what it takes. */
const MOST_SENT = 11 * 1024 * 1024;

type Chosen = { name: string; size: number };

/** The names and the size of all that was chosen. */
function sumOf(files: readonly File[]): Chosen | undefined {
  if (files.length === 0) return undefined;
  return {
    name: files.map(({ name }) => name).join(", "),
    size: files.reduce((sum, { size }) => sum + size, 0),
  };
}

/** A labelled file: picked or dropped on it. It shows the size of what was chosen. */
export function FileField({ name, label, hint, required, accept, multiple }: Props) {
  const t = useTranslations("ui.form");
  const locale = useLocale();
  const [chosen, setChosen] = useState<Chosen>();
  const [tooLarge, setTooLarge] = useState<Chosen>();
  const { id, ...field } = useField(name, hint);
  const error = tooLarge
    ? t("fileTooLarge", { name: tooLarge.name, size: formatFileSize(tooLarge.size, locale) })
    : field.error;

  /** A form that empties itself after success takes the file away without telling the input. */
  const forget = useCallback((input: HTMLInputElement) => {
    const { form } = input;
    const onReset = () => setChosen(undefined);
    form?.addEventListener("reset", onReset);
    return () => form?.removeEventListener("reset", onReset);
  }, []);

  function choose(input: HTMLInputElement) {
    const files = sumOf([...(input.files ?? [])]);
    const isTooLarge = files !== undefined && files.size > MOST_SENT;
    if (isTooLarge) input.value = "";
    setTooLarge(isTooLarge ? files : undefined);
    setChosen(isTooLarge ? undefined : files);
  }

  return (
    <Field id={id} label={label} hint={hint} error={error} required={required ?? false}>
      <FileInput
        id={id}
        ref={forget}
        name={name}
        accept={accept}
        required={required}
        multiple={multiple}
        choose={t("chooseFile")}
        onChange={(event) => choose(event.currentTarget)}
        {...describedBy(id, { hint, error })}
      >
        <span role="status">
          {chosen
            ? t("chosenFile", { name: chosen.name, size: formatFileSize(chosen.size, locale) })
            : t("dropFile")}
        </span>
      </FileInput>
    </Field>
  );
}
