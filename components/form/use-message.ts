import { useTranslations } from "next-intl";

import type { Said } from "@/server/said";

type Values = Record<string, string | number | Date>;

/**
 * Says a message whose key came from the server ("errors.form", "policies.errors.ownWork"), with the
 * sentence that came with it. An unknown key reads as the general refusal rather than as a key.
 */
export function useMessage(said?: Said) {
  const t = useTranslations();
  return (key: string, values: Values = {}): string => {
    const sentence = said?.[key];
    if (sentence !== undefined) return sentence;
    const known = isKey(t, key) ? key : "errors.form";
    return t(known, values);
  };
}

type Translate = ReturnType<typeof useTranslations<never>>;
type Key = Parameters<Translate>[0];

/** Keys from the server are checked here, at run time, because they arrive as plain strings. */
function isKey(t: Translate, key: string): key is Key & string {
  return t.has(key as Key);
}
