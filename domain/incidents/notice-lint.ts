import type { NoticeParts, Texts } from "@/db/schema/incidents";
import { type Locale, LOCALES } from "@/db/vocabulary/languages";
import { safeHref } from "@/text/links";

/** Where something stands, by its field ("adviceDevelopers.0.en"), and which words. */
export type Found = { place: string | null; words: string | null };

/** A text of a notice in one language, by its field. */
export type Said = { place: string; locale: Locale; text: string };

/** The languages a notice is read in besides the binding one. */
const AIDS = LOCALES.filter((locale) => locale !== "zh-CN");

/** What an incident says of itself in its notices. */
type Own = { dataKinds: Texts; cause: Texts; publicSummary: Texts };

/** Every text of a notice, by its field, its incident's last. */
export function fieldsOf(parts: NoticeParts, incident: Own | null): [string, Texts][] {
  const { measures, adviceDevelopers, matterParts = {} } = parts;
  return [
    ["title", parts.title],
    ["situation", parts.situation],
    ...measures.map(({ text }, n): [string, Texts] => [`measures.${n}.text`, text]),
    ...adviceDevelopers.map((text, n): [string, Texts] => [`adviceDevelopers.${n}`, text]),
    ["adviceEndUsers", parts.adviceEndUsers],
    ...Object.entries(matterParts).map(([part, text]): [string, Texts] => [
      `matterParts.${part}`,
      text,
    ]),
    ...(incident
      ? (["dataKinds", "cause", "publicSummary"] as const).map((name): [string, Texts] => [
          `incident.${name}`,
          incident[name],
        ])
      : []),
  ];
}

export const saidIn = (fields: readonly [string, Texts][]): Said[] =>
  fields.flatMap(([field, texts]) =>
    LOCALES.flatMap((locale) => {
      const text = texts[locale]?.trim();
      return text ? [{ place: `${field}.${locale}`, locale, text }] : [];
    }),
  );

/** Languages that nothing is written in, or the fields that one of them lacks; its readers get the binding text there. */
export function unwritten(fields: readonly [string, Texts][]): Found[] {
  const written = fields.filter(([, texts]) => texts["zh-CN"]?.trim());
  return AIDS.flatMap((locale): Found[] => {
    const lacking = written.filter(([, texts]) => !texts[locale]?.trim());
    if (lacking.length === written.length && lacking.length > 0)
      return [{ place: locale, words: null }];
    return lacking.map(([field]) => ({ place: `${field}.${locale}`, words: null }));
  });
}

/** What looks like a variable of a template that nobody gave a value. */
export const unreplaced = (said: readonly Said[]): Found[] =>
  said.flatMap(({ place, text }) =>
    [...text.matchAll(/\{\{[^{}\n]{0,60}(?:\}\})?/g)].map(([words]) => ({ place, words })),
  );

const MAIL = /[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/g;
const MOBILE = /(?<![\d.])(?:\+?86[- ]?|0086[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\d.])/g;
const IDENTITY = /(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])/g;
const CARD = /(?<![\d.])[3-6]\d{3}(?:[- ]?\d){11,15}(?![\d.])/g;

/** Numbers of identity cards, shown by their ends alone: they belong in no telling. */
export const identitiesIn = (said: readonly Said[]): Found[] =>
  finds(said, (text) =>
    matches(text, IDENTITY)
      .filter(isIdentity)
      .map((number) => masked(number, 3)),
  );

/**
 * Mail addresses but those in `known`, mobile numbers of the mainland, bank cards; shown in part, because
 * what an author explains stays on the record.
 */
export function personalIn(said: readonly Said[], known: string): Found[] {
  const isKnown = (words: string) => known.toLowerCase().includes(words.toLowerCase());
  return finds(said, (text) => [
    ...matches(text, MAIL)
      .filter((address) => !isKnown(address))
      .map((address) => address.replace(/^(.)[^@]*/, "$1***")),
    ...matches(text, MOBILE)
      .filter((number) => !isKnown(number))
      .map((number) => masked(number, 3)),
    ...matches(text, CARD)
      .filter((number) => !isIdentity(number) && hasLuhn(number.replaceAll(/\D/g, "")))
      .map((number) => masked(number, 4)),
  ]);
}

/** Full-width digits and letters are the same numbers. */
const finds = (said: readonly Said[], find: (text: string) => string[]): Found[] =>
  said.flatMap(({ place, text }) =>
    [...new Set(find(text.normalize("NFKC")))].map((words) => ({ place, words })),
  );

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([words]) => words);

const masked = (number: string, ends: number): string => {
  const signs = number.replaceAll(/[^\dXx]/g, "");
  return `${signs.slice(0, ends)}****${signs.slice(-ends)}`;
};

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A number of GB 11643: a day that there was, and the check sign of ISO 7064 (mod 11-2). */
function isIdentity(number: string): boolean {
  if (!/^\d{17}[\dXx]$/.test(number)) return false;
  const day = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day) return false;
  if (date.getUTCFullYear() < 1880) return false;
  const sum = WEIGHTS.reduce((all, weight, n) => all + weight * Number(number[n]), 0);
  return "10X98765432"[sum % 11] === number.at(-1)?.toUpperCase();
}

/** ISO/IEC 7812-1, annex B. */
function hasLuhn(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((all, digit, n) => {
    const value = n % 2 === 1 ? Number(digit) * 2 : Number(digit);
    return all + (value > 9 ? value - 9 : value);
  }, 0);
  return digits.length >= 15 && digits.length <= 19 && sum % 10 === 0;
}

/** Targets of Markdown links, and addresses written out, which end where ASCII ends. */
const LINKED = /\]\(\s*<?([^\s()<>]+(?:\([^\s()]*\))?)>?/g;
const WRITTEN_OUT = /(?<![\w(/.])(?:[a-z][a-z0-9+.-]{1,15}:\/\/|www\.)[!-~]+/gi;

const TAIL = ".,:;!?'\"*_~<>()[]{}|`";

/** Every address that a text leads to, as it stands there. */
export function addressesIn(text: string): string[] {
  const linked = [...text.matchAll(LINKED)].map(([, target = ""]) => target);
  const written = matches(text.replaceAll(LINKED, "]"), WRITTEN_OUT).map(withoutTail);
  return [...new Set([...linked, ...written])];
}

/** An address without the signs that end the sentence around it; from its end, since a pattern begins at every sign. */
function withoutTail(address: string): string {
  let end = address.length;
  while (TAIL.includes(address.charAt(end - 1)) && end > 0) end -= 1;
  return address.slice(0, end);
}

/** Of the portal's own pages the path behind its origin; of others null. What is no address of either is "dead". */
export type Leads = { own: string } | "elsewhere" | "dead";

/**
 * Where an address leads, by its form: a page of ours, https or a mail address. What others host is not
 * asked for: a check that fetches would tell them what is about to be announced.
 */
export function leadsTo(address: string, origin: string): Leads {
  const href = safeHref(/^www\./i.test(address) ? `https://${address}` : address);
  // In a mail a path leads nowhere, nor does a place within the text.
  if (href === null || /^[#/]/.test(href)) return "dead";
  const url = new URL(href);
  if (url.origin === origin) return { own: url.pathname };
  return isWhole(url) ? "elsewhere" : "dead";
}

function isWhole({ protocol, pathname, username, hostname }: URL): boolean {
  if (protocol === "mailto:") return /^[^@\s]+@[\w-]+(?:\.[\w-]+)+$/.test(pathname);
  return protocol === "https:" && !username && hostname.includes(".");
}
