import { PLACEHOLDERS } from "@/lib/placeholders";

type Personal = Record<keyof typeof PLACEHOLDERS, string>;
type Rendered = { subject: string; html: string; text: string };

/** Puts the personal parts into a rendered mail: escaped in HTML, as they are in plain text. */
export function personalise({ subject, html, text }: Rendered, personal: Personal): Rendered {
  return { subject, html: fill(html, personal, escapeHtml), text: fill(text, personal, (v) => v) };
}

function fill(template: string, personal: Personal, encode: (value: string) => string): string {
  return template
    .split(PLACEHOLDERS.name)
    .join(encode(personal.name))
    .split(PLACEHOLDERS.accounts)
    .join(encode(personal.accounts))
    .split(PLACEHOLDERS.apps)
    .join(encode(personal.apps));
}

const escapeHtml = (value: string): string =>
  value
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
