import "server-only";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";

/** A field's text; "" where it is missing or a file. */
export function readText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** Whether a box was ticked. */
export const readBox = (form: FormData, name: string): boolean => form.has(name);

/** A choice as it was sent: the verb's schema, whose input type asks for it, refuses what is none. */
export function readChoice<Choice extends string>(form: FormData, name: string): Choice {
  return readText(form, name) as Choice;
}

/** Every ticked box of a name, as sent: the verb's schema refuses what is no choice. */
export function readChoices<Choice extends string>(form: FormData, name: string): Choice[] {
  return form.getAll(name).filter((value): value is Choice => typeof value === "string");
}

/** The language of the page a form was sent from. */
export function readLocale(form: FormData): Locale {
  const given = readText(form, "locale");
  return LOCALES.find((locale) => locale === given) ?? "zh-CN";
}

/**
 * A moment of a field with Beijing's clock ("2026-03-02T09:30"), in ISO 8601 with its offset; "" where
 * none was given. What is no such thing stays as it was sent, for the verb's schema to refuse.
 */
export function readMoment(form: FormData, name: string): string {
  const typed = readText(form, name);
  const [, minute, second = ":00"] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?$/.exec(typed) ?? [];
  return minute ? `${minute}${second}+08:00` : typed;
}
