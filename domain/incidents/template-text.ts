import type { Texts } from "@/db/schema/incidents";
import {
  TEMPLATE_VARIABLES,
  type TemplateUse,
  type TemplateVariable,
} from "@/db/vocabulary/incidents";
import type { Locale } from "@/db/vocabulary/languages";

/** Where something that is no variable stands: its words, its line and its character in that line, both from 1. */
type Fault = { part: string; line: number; column: number };

/** What opens a variable, up to its end or else to the end of its line. */
const VARIABLE = /\{\{([^{}\n]*)(\}\})?/g;

/** The first thing in a text that looks like a variable and is none of a use, or is not closed; null where all is well. */
export function faultIn(text: string, use: TemplateUse): Fault | null {
  for (const [line, words] of text.split("\n").entries())
    for (const { 0: part, 1: name = "", 2: end, index } of words.matchAll(VARIABLE))
      if (!end || !variableOf(name, use))
        return { part, line: line + 1, column: [...words.slice(0, index)].length + 1 };
  return null;
}

const variableOf = (name: string, use: TemplateUse): TemplateVariable | undefined =>
  TEMPLATE_VARIABLES[use].find((one) => one === name.trim());

/** The value of each variable in each language; null where what the text is made for has none. */
export type Values = Partial<Record<TemplateVariable, Record<Locale, string> | null>>;

/** The texts with the values in the place of their variables; one without a value stays, to be seen. */
export const filled = (texts: Texts, use: TemplateUse, values: Values): Texts =>
  Object.fromEntries(
    Object.entries(texts).map(([locale, text]) => [
      locale,
      text.replaceAll(VARIABLE, (whole, name: string) => {
        const variable = variableOf(name, use);
        return (variable && values[variable]?.[locale === "en" ? "en" : "zh-CN"]) ?? whole;
      }),
    ]),
  );

/** The variables that some texts use, in the order of the list. */
export function variablesIn(texts: readonly Texts[], use: TemplateUse): TemplateVariable[] {
  const named = texts
    .flatMap((one) => Object.values(one))
    .flatMap((text) => [...text.matchAll(VARIABLE)].map(([, name = ""]) => name.trim()));
  return TEMPLATE_VARIABLES[use].filter((one) => named.includes(one));
}
