import type { Inline, TextInline } from "./blocks";

const SCHEMES = new Set(["http:", "https:", "mailto:"]);

/**
 * The address if a policy text may link to it: http, https, mailto, "#anchor" or a path of this site.
 * Anything else (javascript:, data:, vbscript:, "//host", a relative file) is null.
 */
export function safeHref(address: string): string | null {
  const href = address.trim();
  // Browsers drop control characters and read "\" as "/" before they look at the scheme.
  if (href === "" || /[\u0000-\u0020\u007f\\]/.test(href)) return null;
  if (href.startsWith("#")) return href.length > 1 ? href : null;
  if (href.startsWith("/")) return href.startsWith("//") ? null : href;
  return URL.canParse(href) && SCHEMES.has(new URL(href).protocol) ? href : null;
}

/** Addresses written out in a text end where ASCII ends: GFM's own rule would swallow "。更多". */
const WRITTEN_OUT =
  /(?<![A-Za-z0-9])(?:https?:\/\/[!-~]+|www\.[!-~]+|[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+)/g;

/** Makes links of the addresses and mail addresses written out in a run of text. */
export function linkAddresses(run: TextInline): Inline[] {
  if (run.code) return [run];
  const inlines: Inline[] = [];
  let position = 0;
  for (const { 0: found, index } of run.text.matchAll(WRITTEN_OUT)) {
    const words = withoutTail(found);
    const href = safeHref(addressOf(words));
    if (!href) continue;
    inlines.push({ ...run, text: run.text.slice(position, index) });
    inlines.push({ kind: "link", href, children: [{ ...run, text: words }] });
    position = index + words.length;
  }
  return [...inlines, { ...run, text: run.text.slice(position) }];
}

function addressOf(words: string): string {
  if (/^https?:/.test(words)) return words;
  return words.startsWith("www.") ? `https://${words}` : `mailto:${words}`;
}

/** Punctuation at the end belongs to the sentence, and so does a bracket that opened before the address. */
function withoutTail(address: string): string {
  let unopened = address.split(")").length - address.split("(").length;
  let end = address.length;
  for (; end > 0; end -= 1) {
    const tail = address.charAt(end - 1);
    if (tail === ")" ? unopened-- <= 0 : !/[.,:;!?'"*_~<>\]}|`]/.test(tail)) break;
  }
  return address.slice(0, end);
}
