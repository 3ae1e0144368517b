"use client";

import { useTranslations } from "next-intl";

import { type Locale, LOCALES } from "@/db/vocabulary/languages";

import { TextareaField, TextField } from "./fields";

type Props = {
  /** The fields are `name`.zh-CN and `name`.en. */
  name: string;
  label: string;
  hint?: React.ReactNode;
  values: Partial<Record<Locale, string>>;
  /** Whether the binding language's text is asked for. */
  required?: boolean;
  maxLength: number;
  /** Lines of the fields; without it a single line that takes no line end. */
  rows?: number;
};

/** A text in the binding language and its translation, side by side where there is room. */
export function BilingualField({ name, label, hint, values, required, maxLength, rows }: Props) {
  const t = useTranslations("ui.bilingual");
  return (
    <div className="@container mt-5 first:mt-0">
      <div className="grid gap-x-4 gap-y-3 @2xl:grid-cols-2">
        {LOCALES.map((locale) => {
          const isBinding = locale === "zh-CN";
          const field = {
            name: `${name}.${locale}`,
            label: t(locale, { label }),
            ...(hint !== undefined && isBinding && { hint }),
            required: (required ?? false) && isBinding,
            maxLength,
            lang: locale,
            defaultValue: values[locale] ?? "",
          };
          return (
            // Each in a box of its own, where it is the first and needs no space above.
            <div key={locale} className="flex flex-col justify-end">
              {rows === undefined ? (
                <TextField autoComplete="off" {...field} />
              ) : (
                <TextareaField rows={rows} {...field} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
