import { asResendTakesIt } from "./mailer";
import { PLACEHOLDERS } from "./placeholders";

type Part = keyof typeof PLACEHOLDERS;
/** What stands in one mail alone. */
export type Personal = Record<Exclude<Part, "key">, string> & { key?: string; to: string };
type Rendered = Words & {
  from: string;
  /** Where an answer goes; null, to `from`. */
  replyTo?: string | null;
  /** Where a mail program ends the subscription by one POST (RFC 8058). */
  unsubscribe?: string | null;
};

/** JSON without the quotes around it, so that it can stand within another string. */
const inJson = (value: string): string => JSON.stringify(value).slice(1, -1);

/**
 * A rendered mail cut at its placeholders and escaped once, so that a batch of it is put together
 * from pieces: the very bytes that `freezeBatch` makes of the same mails.
 * @returns makes the bytes of a batch
 */
export function mailTemplate(rendered: Rendered): (people: readonly Personal[]) => string {
  const { unsubscribe, replyTo, ...words } = rendered;
  const { from, subject, html, text } = asResendTakesIt({ ...words, to: "" });
  const head = `{"from":${JSON.stringify(from)},`;
  const inHeaders = headersOf(unsubscribe ?? null);
  const answers = replyTo ? `"reply_to":${JSON.stringify(replyTo)},` : "";
  const middle = `",${answers}"subject":${JSON.stringify(subject)},"text":"`;
  const [inHtml, inText] = [pieces(html, escapeHtml), pieces(text, (value) => value)];
  const mail = (one: Personal): string =>
    `${head}${inHeaders(one)}"html":"${inHtml(one)}${middle}${inText(one)}","to":${JSON.stringify(one.to)}}`;
  return (people) => `[${people.map(mail).join(",")}]`;
}

/** What a mail program ends a subscription by, with one click and no page (RFC 8058, 3.1). */
export const unsubscribing = (address: string): Record<string, string> => ({
  "List-Unsubscribe": `<${address}>`,
  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
});

/** The headers as they stand in JSON, before the HTML. */
function headersOf(address: string | null): (personal: Personal) => string {
  if (address === null) return () => "";
  return ({ key = "" }) =>
    `"headers":${JSON.stringify(unsubscribing(address.replaceAll(PLACEHOLDERS.key, key)))},`;
}

const PLACES = /(%%NAME%%|%%ACCOUNTS%%|%%APPS%%|%%KEY%%)/;
const partOf = (mark: string): Part | undefined =>
  (Object.keys(PLACEHOLDERS) as Part[]).find((part) => PLACEHOLDERS[part] === mark);

/** Where a placeholder stood, its part; between them text as it stands in JSON. */
function pieces(template: string, encode: (value: string) => string) {
  const cut = template.split(PLACES).map((text) => ({ part: partOf(text), text: inJson(text) }));
  return (personal: Personal): string => {
    let filled = "";
    for (const { part, text } of cut) filled += part ? inJson(encode(personal[part] ?? "")) : text;
    return filled;
  };
}

export const escapeHtml = (value: string): string =>
  value
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

type Words = { subject: string; html: string; text: string };

/** One mail of it, with its personal parts: escaped in HTML, as they are in plain text. */
export function personalise({ subject, html, text }: Words, personal: Omit<Personal, "to">): Words {
  return { subject, html: fill(html, personal, escapeHtml), text: fill(text, personal, (v) => v) };
}

const fill = (
  template: string,
  personal: Omit<Personal, "to">,
  encode: (value: string) => string,
) =>
  template
    .split(PLACES)
    .map((piece) => {
      const part = partOf(piece);
      return part ? encode(personal[part] ?? "") : piece;
    })
    .join("");
