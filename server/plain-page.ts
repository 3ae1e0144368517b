import type { Locale } from "@/db/vocabulary/languages";
import { MESSAGES } from "@/messages";

/** What is not a page of ours runs nothing and shows nothing, whatever it turns out to hold. */
export const DATA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

const STYLE =
  ":root{color-scheme:light dark}body{font:1rem/1.7 system-ui,sans-serif;max-width:40rem;margin:15vh auto;padding:0 1.25rem}h1{font-size:1.5rem;line-height:1.3}";

type Words = keyof (typeof MESSAGES)[Locale]["errors"]["door"] | "broken";

type Said = {
  word: Words;
  seconds?: number | undefined;
  /** Whether the same address may be opened again. */
  retry?: boolean;
  /** The number to quote when asking for help. */
  requestId?: string | undefined;
};

/** A page before there is a page: its words alone, for who is refused at the door. */
export function plainPage(locale: Locale, { word, seconds, retry, requestId }: Said): string {
  const { errors, ui } = MESSAGES[locale];
  const { door, page } = errors;
  const broken = { title: page.brokenTitle, text: page.brokenText };
  const { title, text } = word === "broken" ? broken : door[word];
  const again = retry ? `<p><a href="">${page.retry}</a></p>` : "";
  const id = requestId ? `<p><small>${ui.requestId} <code>${requestId}</code></small></p>` : "";
  return `<!doctype html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style><main><h1>${title}</h1><p>${text.replace("{seconds}", String(seconds))}</p>${again}${id}</main></html>`;
}
