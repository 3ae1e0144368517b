import type { Locale } from "@/db/vocabulary/languages";
import { escapeHtml } from "@/lib/mail-template";

const STYLE = [
  ":root{color-scheme:light dark}",
  "body{font:1rem/1.8 system-ui,sans-serif;margin:0 auto;max-width:44rem;padding:1rem 1.25rem;overflow-wrap:anywhere}",
  "h1{font-size:1.375rem;line-height:1.4}",
  "h2{font-size:1.1875rem}",
  "h3{font-size:1.0625rem}",
  "h4,h5{font-size:1rem}",
  "ul{list-style:none;padding:0}",
  "ul>li{display:flex;gap:.5em}",
  "li>span{flex:none;min-width:1.5em}",
  "li>div{min-width:0}",
  "dl{display:grid;grid-template-columns:minmax(6em,max-content) minmax(0,1fr);gap:.25rem 1.25rem}",
  "dt{color:GrayText}",
  "dd{margin:0;white-space:pre-line}",
  ".wide{overflow-x:auto}",
  "table{border-collapse:collapse}",
  "th,td{border:1px solid #8886;padding:.375rem .625rem;text-align:start;vertical-align:top;min-width:5em;overflow-wrap:break-word}",
  "pre{white-space:pre-wrap}",
  ".mark{border-inline-start:3px solid;padding-inline-start:.75rem}",
  "footer{border-top:1px solid #8886;margin-top:2rem;font-size:.875rem}",
  "@media print{:root{color-scheme:light}body{max-width:none;padding:0}tr,blockquote{break-inside:avoid}}",
].join("");

type Parts = {
  locale: Locale;
  title: string;
  /** Further elements of the head, as HTML. */
  head?: readonly string[];
  /** As HTML, below one another. */
  main: readonly string[];
  footer: readonly string[];
};

/** A page that stands by itself: no script, no style sheet, no address but those of its links. */
export const plainDocument = ({ locale, title, head = [], main, footer }: Parts): string =>
  [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">',
    ...head,
    `<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main>`,
    ...main,
    "</main><footer>",
    ...footer,
    "</footer></body></html>\n",
  ].join("\n");
