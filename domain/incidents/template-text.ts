import type { Texts } from "@/db/schema/incidents";
import {
  TEMPLATE_VARIABLES,
  type TemplateUse,
  type TemplateVariable,
} from "@/db/vocabulary/incidents";
import type { Locale } from "@/db/vocabulary/languages";
import * as template from "@/lib/template-text";

/** The first thing in a text that looks like a variable and is none of a use, or is not closed; null where all is well. */
export const faultIn = (text: string, use: TemplateUse) =>
  template.faultIn(text, TEMPLATE_VARIABLES[use]);

/** The value of each variable in each language; null where what the text is made for has none. */
export type Values = Partial<Record<TemplateVariable, Record<Locale, string> | null>>;

/** The texts with the values in the place of their variables; one without a value stays, to be seen. */
export const filled = (texts: Texts, use: TemplateUse, values: Values): Texts =>
  Object.fromEntries(
    Object.entries(texts).map(([locale, text]) => {
      const own = TEMPLATE_VARIABLES[use].map((name) => [
        name,
        values[name]?.[locale === "en" ? "en" : "zh-CN"] ?? null,
      ]);
      return [locale, template.filled(text, Object.fromEntries(own))];
    }),
  );

/** The variables that some texts use, in the order of the list. */
export const variablesIn = (texts: readonly Texts[], use: TemplateUse): TemplateVariable[] =>
  template.variablesIn<TemplateVariable>(
    texts.flatMap((one) => Object.values(one)),
    TEMPLATE_VARIABLES[use],
  );
