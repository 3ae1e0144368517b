import type { Locale } from "@/db/vocabulary/languages";
import type { MESSAGES } from "@/messages";
import { translator } from "@/messages/translator";

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
  const t = translator(locale, "errors");
  const isBroken = word === "broken";
  const title = isBroken ? t("page.brokenTitle") : t(`door.${word}.title`);
  const text = isBroken ? t("page.brokenText") : t(`door.${word}.text`, { seconds: seconds ?? 0 });
  const again = retry ? `<p><a href="">${t("page.retry")}</a></p>` : "";
  const name = translator(locale, "ui")("requestId");
  const id = requestId ? `<p><small>${name} <code>${requestId}</code></small></p>` : "";
  return `<!doctype html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style><main><h1>${title}</h1><p>${text}</p>${again}${id}</main></html>`;
}
