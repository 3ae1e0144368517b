import type { PolicyBlock } from "./blocks";
import { clausesOf, clauseText } from "./clauses";

/** A clause that holds the words looked for: its anchor, its section, and the words with what stands around them. */
export type FoundClause = {
  anchor: string;
  section: string | null;
  before: string;
  match: string;
  after: string;
};

/** Characters shown at each side. */
const AROUND = 40;

/** The clauses of a text that hold some words, whatever their case, in reading order. */
export function findInText(blocks: PolicyBlock[], words: string): FoundClause[] {
  const wanted = words.toLowerCase();
  return clausesOf(blocks).flatMap((clause) => {
    const text = clauseText(clause).replaceAll(/\s+/g, " ");
    const at = foldedIndex(text, wanted);
    if (at < 0) return [];
    const end = at + words.length;
    const start = Math.max(0, at - AROUND);
    return [
      {
        anchor: clause.anchor,
        section: clause.section?.title ?? null,
        before: `${start > 0 ? "…" : ""}${text.slice(start, at)}`,
        match: text.slice(at, end),
        after: `${text.slice(end, end + AROUND)}${text.length > end + AROUND ? "…" : ""}`,
      },
    ];
  });
}

/** Where words begin, in the text as it is; a text that changes its length in small letters is taken as it is. */
function foldedIndex(text: string, wanted: string): number {
  const folded = text.toLowerCase();
  return folded.length === text.length ? folded.indexOf(wanted) : text.indexOf(wanted);
}
