import type { Locale } from "@/db/vocabulary/languages";
import { CARD_LINES, type CardLine } from "@/db/vocabulary/policies";
import { localized } from "@/lib/localized";

/** A card's lines in each language they were given in. */
export type CardLines = Partial<Record<CardLine, Partial<Record<Locale, string>>>>;
export type CardEntry = { line: CardLine; text: string };

/** The lines of a contact card that say something, in the reader's language or the one there is. */
export function cardLines({ lines }: { lines: CardLines }, locale: Locale): CardEntry[] {
  return CARD_LINES.map((line) => ({ line, ...localized(lines[line] ?? {}, locale) })).filter(
    ({ text }) => text !== "",
  );
}
