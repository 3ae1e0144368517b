import "server-only";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";

import { readText } from "./form-fields";

type Reading<Row> = {
  /** "measures" for measures.0.… measures.n.… */
  name: string;
  /** Reads one row; `at` is the beginning of its fields' names, "measures.2". */
  read: (at: string) => Row;
  /** What a button for another row adds. */
  empty: Row;
};

/**
 * The rows of a list in the order of their numbers. Without JavaScript the row buttons reach the
 * server as the form's intent ("measures.add", "measures.remove.2", "measures.up.2") and are followed.
 */
export function readRows<Row>(form: FormData, { name, read, empty }: Reading<Row>): Row[] {
  const prefix = `${name}.`;
  const numbers = new Set(
    [...form.keys()].flatMap((key) =>
      key.startsWith(prefix) ? (/^(\d{1,6})\./.exec(key.slice(prefix.length))?.[1] ?? []) : [],
    ),
  );
  const rows = [...numbers]
    .sort((one, other) => Number(one) - Number(other))
    .map((number) => read(`${prefix}${number}`));
  return afterIntent(rows, { intent: readText(form, "intent"), prefix, empty });
}

type Intent<Row> = { intent: string; prefix: string; empty: Row };

function afterIntent<Row>(rows: Row[], { intent, prefix, empty }: Intent<Row>): Row[] {
  if (!intent.startsWith(prefix)) return rows;
  const [, act, row] = /^(add|remove|up|down)(?:\.(\d+))?$/.exec(intent.slice(prefix.length)) ?? [];
  const at = Number(row);
  if (act === "add") return [...rows, empty];
  if (act === "remove") return rows.filter((_, index) => index !== at);
  if (act === "up") return swapped(rows, at - 1);
  if (act === "down") return swapped(rows, at);
  return rows;
}

/** A row and the one after it change places; at the end of the list nothing happens. */
function swapped<Row>(rows: Row[], at: number): Row[] {
  const [one, other] = [rows[at], rows[at + 1]];
  if (one === undefined || other === undefined) return rows;
  return [...rows.slice(0, at), other, one, ...rows.slice(at + 2)];
}

/** What the pressed button wants: "save" unless it says otherwise. */
export function readIntent(form: FormData): "save" | "submit" {
  return readText(form, "intent") === "submit" ? "submit" : "save";
}

/** A text per language; those left empty are absent, so that an empty text is no translation. */
export function readTexts(form: FormData, name: string): Partial<Record<Locale, string>> {
  const texts = LOCALES.map((locale) => [locale, readText(form, `${name}.${locale}`)] as const);
  return Object.fromEntries(texts.filter(([, text]) => text.trim() !== ""));
}
