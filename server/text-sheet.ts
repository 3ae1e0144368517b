import "server-only";
import { hasLocale } from "next-intl";

import type { Locale } from "@/db/vocabulary/languages";
import { routing } from "@/messages/routing";

import { fileDownload } from "./file-download";

type Sheet = {
  /** The number of what is kept; the file is named after it. */
  number: string;
  title: string;
  facts: readonly (readonly [term: string, value: string] | null)[];
  notes?: readonly string[];
  /** Of the page that says the same. */
  address: string;
  /** A whole text that it is about, below everything else. */
  about?: { title: string; body: string };
};

/** A receipt as a plain text file, which every machine opens and nobody's program has to draw. */
export function textSheet(
  locale: Locale,
  { number, title, facts, notes = [], address, about }: Sheet,
) {
  const colon = locale === "zh-CN" ? "：" : ": ";
  const lines = [
    title,
    "",
    ...facts.flatMap((fact) => (fact ? [fact.join(colon)] : [])),
    "",
    ...notes.flatMap((note) => [note, ""]),
    address,
    ...(about ? ["", RULE, about.title, RULE, "", about.body] : []),
  ];
  const text = `${lines.join("\r\n").replace(/\r?\n/g, "\r\n")}\r\n`;
  return fileDownload({
    name: `${number}.txt`,
    mediaType: "text/plain; charset=utf-8",
    bytes: new TextEncoder().encode(text),
  });
}

const RULE = "=".repeat(40);

/** The language of an address of ours. */
export const localeIn = (given: string): Locale =>
  hasLocale(routing.locales, given) ? given : routing.defaultLocale;
