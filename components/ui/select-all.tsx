"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

import { Checkbox } from "./choice";

type Props = {
  /** The id of the form that the ticks belong to. */
  form: string;
  /** What tells the rows of this page from those of another: they are counted anew. */
  rows: string;
};

/** Ticks every row of a form that stands elsewhere, and says how many are ticked; nothing without JavaScript. */
export function SelectAll({ form, rows }: Props) {
  const t = useTranslations("ui.selection");
  const [{ all, ticked }, setCount] = useState({ all: 0, ticked: 0 });

  useEffect(() => {
    const count = () => setCount(countIn(form));
    count();
    document.addEventListener("change", count);
    return () => document.removeEventListener("change", count);
  }, [form, rows]);

  return (
    <div className="flex flex-wrap items-center gap-x-3 [@media(scripting:none)]:hidden">
      <Checkbox
        id={`${form}-all`}
        label={t("all")}
        checked={all > 0 && ticked === all}
        onChange={({ target }) => {
          for (const box of boxesOf(form)) box.checked = target.checked;
          setCount(countIn(form));
        }}
      />
      <span role="status" className="text-small text-ink-muted tabular-nums">
        {ticked > 0 && t("count", { count: ticked })}
      </span>
    </div>
  );
}

const boxesOf = (form: string): HTMLInputElement[] => [
  ...document.querySelectorAll<HTMLInputElement>(`[data-tick][form="${form}"]`),
];

function countIn(form: string) {
  const boxes = boxesOf(form);
  return { all: boxes.length, ticked: boxes.filter(({ checked }) => checked).length };
}
