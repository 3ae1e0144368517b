import type { Locale } from "@/db/vocabulary/languages";
import { MESSAGES } from "@/messages";

/** What is not a page of ours runs nothing and shows nothing, whatever it turns out to hold. */
export const DATA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

const STYLE =
  ":root{color-scheme:light dark}body{font:1rem/1.7 system-ui,sans-serif;max-width:40rem;margin:15vh auto;padding:0 1.25rem}h1{font-size:1.5rem;line-height:1.3}";

type Words = keyof (typeof MESSAGES)[Locale]["errors"]["door"];

/** A page before there is a page: its words alone, for who is refused at the door. */
export function plainPage(
  locale: Locale,
  { word, seconds, retry }: { word: Words; seconds?: number | undefined; retry?: boolean },
): string {
  const { door, page } = MESSAGES[locale].errors;
  const { title, text } = door[word];
  const again = retry ? `<p><a href="">${page.retry}</a></p>` : "";
  return `<!doctype html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style><main><h1>${title}</h1><p>${text.replace("{seconds}", String(seconds))}</p>${again}</main></html>`;
}
