"use client";

import { useTranslations } from "next-intl";

import { SelectField, TextareaField } from "@/components/form/fields";
import { Button, Buttons } from "@/components/ui/button";
import { type Locale } from "@/db/vocabulary";
import { type OutlineEntry } from "@/domain/policies/text-blocks";

import { markChanged } from "./mark-changed";

export type Move = "up" | "down" | "remove";

type Props = {
  id: number;
  index: number;
  count: number;
  change: { text: Partial<Record<Locale, string>>; anchor: string | null };
  locales: readonly Locale[];
  places: readonly OutlineEntry[];
  onMove: (what: Move) => void;
};

/** One change in both languages, and the section it is about. */
export function ChangeRow({ id, index, count, change, locales, places, onMove }: Props) {
  const t = useTranslations("policies.browser.changes");
  const number = index + 1;
  return (
    <li data-row={id} className="border-line border-b py-4 first:border-t">
      <fieldset>
        <legend className="sr-only">{t("row", { number })}</legend>
        <div className="grid grid-cols-[2em_minmax(0,1fr)]">
          <span aria-hidden="true" className="text-ink-muted pt-0.5 tabular-nums">
            {number}
          </span>
          <div className="min-w-0">
            <div className="grid gap-x-4 gap-y-3 md:grid-cols-2">
              {locales.map((locale, column) => (
                <div key={locale}>
                  <TextareaField
                    name={`changes.${index}.text.${locale}`}
                    label={
                      <>
                        <span className="sr-only">{t("rowPrefix", { number })}</span>
                        {t(`language.${locale}`)}
                      </>
                    }
                    required={column === 0}
                    rows={3}
                    maxLength={500}
                    lang={locale}
                    defaultValue={change.text[locale] ?? ""}
                  />
                </div>
              ))}
            </div>
            <div className="mt-3 flex flex-wrap items-end justify-between gap-x-4 gap-y-3">
              <div className="w-full max-w-88">
                <SelectField
                  name={`changes.${index}.anchor`}
                  label={t("place")}
                  defaultValue={change.anchor ?? ""}
                  options={optionsOf(places, change.anchor, {
                    none: t("noPlace"),
                    lost: t("lostPlace"),
                  })}
                />
              </div>
              <RowButtons number={number} count={count} onMove={onMove} />
            </div>
          </div>
        </div>
      </fieldset>
    </li>
  );
}

type ButtonsProps = { number: number; count: number; onMove: (what: Move) => void };

function RowButtons({ number, count, onMove }: ButtonsProps) {
  const t = useTranslations("policies.browser.changes");
  const impossible = { up: number === 1, down: number === count, remove: false };
  return (
    <Buttons>
      {(["up", "down", "remove"] as const).map((what) => (
        <Button
          key={what}
          type="submit"
          name="intent"
          value={`change.${what}.${number - 1}`}
          size="sm"
          variant="text"
          data-move={what}
          aria-label={t(`rowButton.${what}`, { number })}
          aria-disabled={impossible[what] || undefined}
          onClick={(event) => {
            event.preventDefault();
            if (impossible[what]) return;
            onMove(what);
            markChanged(event.currentTarget);
          }}
        >
          {t(what)}
        </Button>
      ))}
    </Buttons>
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
