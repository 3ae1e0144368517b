import { type WordStyles, isContents } from "./docx-styles";
import { ancestorOf, isUnseen, placeOf, textsOf, wordsOf } from "./docx-places";
import { attributeOf, childOf, elementsOf, parseXml, valueOf } from "./docx-xml";
import { type ImportWarning, type ImportWarningKind, warningOf } from "./import-warnings";

/** The words of a paragraph as they stand in the file, one entry per run of text. */
type Piece = { place: string | null; words: string[] };

/** What a reader of the file sees: its paragraphs, and what stands elsewhere and is only named. */
export type Inventory = { pieces: Piece[]; asides: ImportWarning[] };

/**
 * Counts what Word shows, apart from how it is read afterwards: every `w:t` and `m:t` of the text and its
 * notes, and the pictures. Ask before anything is written into the document.
 */
export function takeInventory(documents: readonly Document[], styles: WordStyles): Inventory {
  const paragraphs = documents.flatMap((document) => elementsOf(document, "p"));
  const notes = notesIn(documents);
  const pieces = paragraphs.flatMap((paragraph): Piece[] => {
    if (!isShown(paragraph, styles) || !notes.areShownWith(paragraph)) return [];
    const words = textsOf(paragraph).map((text) => squeezed(text.textContent ?? ""));
    return [{ place: placeOf(paragraph), words: words.filter((word) => word !== "") }];
  });
  return { pieces, asides: documents.flatMap(picturesIn) };
}

/** Not a line of the contents, nor what a tracked change or a cell merged into the one above hides. */
function isShown(paragraph: Element, styles: WordStyles): boolean {
  if (isContents(styles, valueOf(childOf(paragraph, "pPr"), "pStyle"))) return false;
  const cell = ancestorOf(paragraph, "tc");
  const merge = childOf(childOf(cell, "tcPr"), "vMerge");
  if (merge && attributeOf(merge, "val") !== "restart") return false;
  return !isUnseen(paragraph) && !childOf(childOf(ancestorOf(paragraph, "tr"), "trPr"), "del");
}

/** Notes are shown where the text refers to them, as they are referred to. */
function notesIn(documents: readonly Document[]) {
  const referred = new Set(
    ["footnote", "endnote"].flatMap((kind) =>
      documents
        .flatMap((document) => elementsOf(document, `${kind}Reference`))
        .map((reference) => `${kind} ${attributeOf(reference, "id")}`),
    ),
  );
  return {
    areShownWith(paragraph: Element): boolean {
      const note = ancestorOf(paragraph, "footnote", "endnote");
      return !note || referred.has(`${note.localName} ${attributeOf(note, "id")}`);
    },
  };
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, "");
}

/** Signs that reading puts between the words of one paragraph: a note's number, what joins a formula. */
const BETWEEN = 24;
/** Places of a word that are tried out before it is taken for lost. */
const MOST_TRIES = 30;

/** What the file shows and the text does not: each with its place. */
export function missingFrom({ pieces }: Inventory, text: string): ImportWarning[] {
  const shown = squeezed(text);
  const next = new Map<string, number>();
  return pieces.flatMap(({ place, words }) => {
    const whole = words.join("");
    const at = shown.indexOf(whole, next.get(whole) ?? 0);
    if (whole === "" || at >= 0) {
      next.set(whole, at + whole.length);
      return [];
    }
    const lost = lostWords(words, shown);
    return lost === "" ? [] : [warningOf("missing", { place, words: lost })];
  });
}

/** The words of a paragraph are looked for close to each other, from the places of its longest ones. */
function lostWords(words: string[], shown: string): string {
  const longest = words
    .map((word, index) => ({ word, index }))
    .toSorted((a, b) => b.word.length - a.word.length)
    .slice(0, 3);
  let fewest = words.map(() => true);
  for (const { word, index } of longest) {
    for (const at of placesOf(word, shown)) {
      const lost = lostAround(words, { shown, index, at });
      if (sizeOf(lost) < sizeOf(fewest)) fewest = lost;
    }
  }
  return words.filter((_, index) => fewest[index]).join(" ");
}

function sizeOf(lost: boolean[]): number {
  return lost.filter(Boolean).length;
}

function placesOf(word: string, shown: string): number[] {
  const places: number[] = [];
  for (let at = shown.indexOf(word); at >= 0 && places.length < MOST_TRIES;) {
    places.push(at);
    at = shown.indexOf(word, at + 1);
  }
  return places;
}

type Start = { shown: string; index: number; at: number };

function lostAround(words: string[], { shown, index, at }: Start): boolean[] {
  const lost = words.map(() => false);
  let [start, end] = [at, at + (words[index]?.length ?? 0)];
  for (let i = index + 1; i < words.length; i += 1) {
    const word = words[i] ?? "";
    const found = shown.slice(end, end + BETWEEN + word.length).indexOf(word);
    // What stands above a word in the file (hàn over 汉) stands behind it in the text.
    const isBefore = () => shown.slice(Math.max(0, start - BETWEEN), start).includes(word);
    if (found >= 0) end += found + word.length;
    else if (!isBefore()) lost[i] = true;
  }
  for (let i = index - 1; i >= 0; i -= 1) {
    const word = words[i] ?? "";
    const from = Math.max(0, start - BETWEEN - word.length);
    const found = shown.slice(from, start).lastIndexOf(word);
    if (found < 0) lost[i] = true;
    else start = from + found;
  }
  return lost;
}

/** Pictures, charts and embedded files of the text: none is brought in, and its description is said. */
function picturesIn(document: Document): ImportWarning[] {
  const pictures = ["drawing", "pict", "object"].flatMap((name) => elementsOf(document, name));
  const files = [...elementsOf(document, "altChunk"), ...elementsOf(document, "subDoc")];
  return [
    ...pictures.filter(isPicture).map((picture) => {
      const place = placeOf(ancestorOf(picture, "p"));
      return warningOf("images", { place, words: descriptionOf(picture) });
    }),
    ...files.map((file) => warningOf("embedded", { place: placeOf(file) })),
  ];
}

function isPicture(element: Element): boolean {
  if (isUnseen(element) || ancestorOf(element, "Fallback")) return false;
  return elementsOf(element, "txbxContent").length === 0;
}

function descriptionOf(picture: Element): string {
  const named = [...elementsOf(picture, "docPr"), ...elementsOf(picture, "shape")];
  const words = named.flatMap((one) => [
    attributeOf(one, "descr") || attributeOf(one, "title") || attributeOf(one, "alt"),
  ]);
  return words.filter(Boolean).join(" ");
}

/** Parts of the file that stand beside the text: they are named, never brought in. */
const BESIDE: [RegExp, ImportWarningKind][] = [
  [/^word\/header\d*\.xml$/, "header"],
  [/^word\/footer\d*\.xml$/, "footer"],
  [/^word\/comments\d*\.xml$/, "wordComments"],
  [/^word\/(?:diagrams\/data|charts\/chart)\d*\.xml$/, "drawings"],
];

/** The words of headers, footers, comments and drawings; a page number alone is none. */
export function wordsBeside(parts: ReadonlyMap<string, Buffer>, text: string): ImportWarning[] {
  const shown = squeezed(text);
  return [...parts].flatMap(([name, content]) => {
    const [, kind] = BESIDE.find(([pattern]) => pattern.test(name)) ?? [];
    if (!kind) return [];
    return linesOf(parseXml(content.toString("utf8")))
      .filter((line) => !PAGE_NUMBER.test(squeezed(line)))
      .filter((line) => kind === "wordComments" || !shown.includes(squeezed(line)))
      .map((words) => warningOf(kind, { words }));
  });
}

export function isBeside(name: string): boolean {
  return BESIDE.some(([pattern]) => pattern.test(name));
}

const PAGE_NUMBER = /^(?:第|共|页|頁|\/|page|of|[-–—·|.,，、]|\d)*$/i;

function linesOf(part: Document): string[] {
  const paragraphs = elementsOf(part, "p");
  const lines = paragraphs.map((paragraph) => wordsOf(paragraph));
  return [...lines, ...elementsOf(part, "docPr").map((one) => attributeOf(one, "descr"))];
}
