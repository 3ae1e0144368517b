import { type Locale } from "@/db/vocabulary";

import { MESSAGES } from ".";

/**
 * The words the browser needs: those of the shared client components, and every refusal
 * (`errors.json`, and the `errors` branch of any other file), because any form may have to say one.
 * All other words stay on the server or arrive as props.
 */
export function messagesForBrowser(locale: Locale) {
  const { ui, errors, ...nouns } = MESSAGES[locale];
  const refusals = Object.entries(nouns).flatMap(([noun, words]) =>
    "errors" in words ? [[noun, { errors: words.errors }] as const] : [],
  );
  return { ui, errors, ...Object.fromEntries(refusals) };
}
