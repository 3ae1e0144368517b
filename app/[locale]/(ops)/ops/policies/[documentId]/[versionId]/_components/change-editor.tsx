"use client";

import { useTranslations } from "next-intl";

import { SelectField, TextareaField } from "@/components/form/fields";
import { RowList } from "@/components/form/row-list";
import type { Locale } from "@/db/vocabulary/languages";
import { type OutlineEntry } from "@/text/blocks";

type Change = { text: Partial<Record<Locale, string>>; anchor: string | null };

type Props = {
  changes: readonly Change[];
  /** The binding language first. */
  locales: readonly Locale[];
  places: readonly OutlineEntry[];
};

const EMPTY: Change = { text: {}, anchor: null };

/** The numbered list of what changed (P01): each in both languages, with the section it is about. */
export function ChangeEditor({ changes, locales, places }: Props) {
  const t = useTranslations("policies.browser.changes");
  return (
    <RowList
      name="changes"
      rows={changes}
      empty={EMPTY}
      words={{ add: t("add"), row: (number) => t("row", { number }) }}
      beside={({ anchor }, index) => (
        <div className="w-full max-w-88">
          <SelectField
            name={`changes.${index}.anchor`}
            label={t("place")}
            defaultValue={anchor ?? ""}
            options={optionsOf(places, anchor, { none: t("noPlace"), lost: t("lostPlace") })}
          />
        </div>
      )}
    >
      {({ text }, index) => (
        <div className="grid gap-x-4 gap-y-3 md:grid-cols-2">
          {locales.map((locale, column) => (
            <div key={locale}>
              <TextareaField
                name={`changes.${index}.text.${locale}`}
                label={
                  <>
                    <span className="sr-only">{t("rowPrefix", { number: index + 1 })}</span>
                    {t(`language.${locale}`)}
                  </>
                }
                required={column === 0}
                rows={3}
                maxLength={500}
                lang={locale}
                defaultValue={text[locale] ?? ""}
              />
            </div>
          ))}
        </div>
      )}
    </RowList>
  );
}

type Words = { none: string; lost: string };

/** A place that the text no longer has stays chosen, and says so. */
function optionsOf(places: readonly OutlineEntry[], chosen: string | null, words: Words) {
  const isLost = chosen !== null && !places.some(({ anchor }) => anchor === chosen);
  return [
    { value: "", label: words.none },
    ...(isLost ? [{ value: chosen, label: `${words.lost} (${chosen})` }] : []),
    ...places.map(({ anchor, title, level }) => ({
      value: anchor,
      label: `${"\u3000".repeat(Math.max(0, level - 2))}${title}`,
    })),
  ];
}
