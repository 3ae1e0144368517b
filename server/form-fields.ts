import "server-only";

import { LOCALES, type Locale } from "@/db/vocabulary";

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
