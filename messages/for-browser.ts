import type { Locale } from "@/db/vocabulary/languages";

import { MESSAGES } from ".";

/** The branches of a noun's file that client components may use: refusals, and their own words. */
const BRANCHES = ["errors", "browser"];

/**
 * The words the browser needs: those of the shared client components, every refusal, because any
 * form may have to say one, and what a noun's file keeps in its `browser` branch for its own client
 * components. All other words stay on the server or arrive as props.
 */
export function messagesForBrowser(locale: Locale) {
  const { ui, errors, ...nouns } = MESSAGES[locale];
  const needed = Object.entries(nouns).flatMap(([noun, words]) => {
    const branches = Object.entries(words).filter(([branch]) => BRANCHES.includes(branch));
    return branches.length > 0 ? [[noun, Object.fromEntries(branches)] as const] : [];
  });
  return { ui, errors, ...Object.fromEntries(needed) };
}
