import "server-only";
import { getTranslations } from "next-intl/server";

import type { MessageValues } from "@/domain/errors";

/** Sentences by their keys. */
export type Said = Readonly<Record<string, string>>;

/**
 * The sentences of keys, in the language of the page. A browser holds the words of no noun: what it has
 * to say of one comes with the answer.
 */
export async function sentencesOf(keys: readonly string[], values: MessageValues): Promise<Said> {
  const t = await getTranslations();
  type Key = Parameters<typeof t>[0];
  // Checked at run time, because keys of refusals are plain strings.
  const isKey = (key: string): key is Key & string => t.has(key as Key);
  return Object.fromEntries(keys.filter(isKey).map((key) => [key, t(key, values)]));
}
