/** What the author of a text that was brought in has to look at, each with a sentence of its own. */
export const IMPORT_WARNINGS = [
  "frontMatter",
  "comments",
  "htmlTags",
  "siteMarks",
  "gb18030",
  "plainText",
  "trackedChanges",
  "contents",
  "images",
  "mergedCells",
  "hidden",
  "formulas",
  "header",
  "footer",
  "wordComments",
  "drawings",
  "embedded",
  "numberFormats",
  "missing",
] as const;

export type ImportWarningKind = (typeof IMPORT_WARNINGS)[number];

/** Where in the file (the heading or the words before it), and which words; null where there are none. */
export type ImportWarning = { kind: ImportWarningKind; place: string | null; words: string | null };

/** Characters of words and of a place that are shown; who wants more has the file. */
const LONGEST = { words: 200, place: 40 };
/** Of one kind; what is beyond is told by its number. */
const MOST = 20;

/** Words without their blanks at the ends and line ends, cut where they go on for long. */
export function warningOf(
  kind: ImportWarningKind,
  found: { place?: string | null; words?: string | null } = {},
): ImportWarning {
  return {
    kind,
    place: cut(found.place, LONGEST.place),
    words: cut(found.words, LONGEST.words),
  };
}

/** Each once, and of one kind no more than a person reads; the last then says how many are left. */
export function withinReason(warnings: readonly ImportWarning[]): ImportWarning[] {
  const kept = new Map<string, ImportWarning>();
  const counts = new Map<ImportWarningKind, number>();
  for (const warning of warnings) {
    const key = JSON.stringify([warning.kind, warning.place, warning.words]);
    if (kept.has(key)) continue;
    const count = (counts.get(warning.kind) ?? 0) + 1;
    counts.set(warning.kind, count);
    if (count <= MOST) kept.set(key, warning);
  }
  const left = [...counts].flatMap(([kind, count]) =>
    count > MOST ? [warningOf(kind, { words: `… + ${count - MOST}` })] : [],
  );
  return [...kept.values(), ...left];
}

function cut(text: string | null | undefined, most: number): string | null {
  const plain = (text ?? "").replace(/\s+/g, " ").trim();
  const letters = Array.from(plain);
  return plain === ""
    ? null
    : letters.length > most
      ? `${letters.slice(0, most).join("")}…`
      : plain;
}
