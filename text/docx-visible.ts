import { formulaText } from "./docx-formulas";
import { type WordStyles } from "./docx-styles";
import { attributeOf, childOf, childrenOf, elementsOf, isOn, isWord, valueOf } from "./docx-xml";
import { ancestorOf, placeOf } from "./docx-places";
import { type ImportWarning, warningOf } from "./import-warnings";

/**
 * Writes what Word shows in elements that mammoth does not read in those it reads: simple fields, formulas,
 * phonetic guides, chosen entries, boxes of text, `w:cr`. Says which formulas are now on one line.
 */
export function showAsWord(document: Document): ImportWarning[] {
  const warnings = writeFormulas(document);
  for (const [name, write] of WRITERS) for (const one of elementsOf(document, name)) write(one);
  return warnings;
}

const WRITERS: [string, (element: Element) => void][] = [
  ["fldSimple", unwrap],
  ["dir", unwrap],
  ["bdo", unwrap],
  ["ruby", writeRuby],
  ["cr", (element) => replace(element, make(element, "br"))],
  ["ptab", (element) => replace(element, make(element, "tab"))],
  ["ddList", writeChoice],
  ["drawing", showBoxes],
  // The sign of a box to tick is in its content: ☒, not the ☑ of HTML.
  ["checkbox", (element) => void element.parentNode?.removeChild(element)],
];

/** What a run is set in by itself, by its style or by its paragraph's; what says so nearest decides. */
function settingOf(run: Element, styles: WordStyles, name: string): Element | null {
  const own = childOf(run, "rPr");
  const paragraph = ancestorOf(run, "p");
  const chains = [
    [own],
    styles.chain(valueOf(own, "rStyle")).map(({ properties }) => childOf(properties, "rPr")),
    styles
      .chain(valueOf(childOf(paragraph, "pPr"), "pStyle"))
      .map(({ properties }) => childOf(properties, "rPr")),
  ];
  for (const properties of chains.flat()) {
    const setting = childOf(properties, name);
    if (setting) return setting;
  }
  return null;
}

function isSet(run: Element, styles: WordStyles, name: string): boolean {
  const setting = settingOf(run, styles, name);
  return setting !== null && isOn(setting);
}

/** Takes out what Word hides, and says where it stood. */
export function withoutHidden(document: Document, styles: WordStyles): ImportWarning[] {
  const found = new Map<Element | null, string>();
  for (const run of elementsOf(document, "r")) {
    if (!isWord(run) || !isSet(run, styles, "vanish")) continue;
    const paragraph = ancestorOf(run, "p");
    const words = elementsOf(run, "t").map((text) => text.textContent ?? "");
    found.set(paragraph, (found.get(paragraph) ?? "") + words.join(""));
    // Field marks stay, or what they hold together would come apart.
    for (const child of childrenOf(run)) {
      if (!["rPr", "fldChar", "instrText"].includes(child.localName)) run.removeChild(child);
    }
  }
  for (const paragraph of found.keys()) withoutHiddenMark(paragraph);
  return [...found]
    .filter(([, words]) => words.trim() !== "")
    .map(([paragraph, words]) => warningOf("hidden", { place: placeOf(paragraph), words }));
}

/** A paragraph whose mark is hidden with all its words is not there: Word gives it no number. */
function withoutHiddenMark(paragraph: Element | null): void {
  const mark = childOf(childOf(childOf(paragraph, "pPr"), "rPr"), "vanish");
  if (!paragraph || !mark || !isOn(mark)) return;
  const isEmpty = !["t", "drawing", "pict", "fldChar"].some(
    (name) => elementsOf(paragraph, name).length > 0,
  );
  if (isEmpty) paragraph.parentNode?.removeChild(paragraph);
}

const RAISED = new Map([
  ["superscript", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"],
  ["subscript", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"],
]);
const LEVEL = "0123456789+-=()";

/**
 * Writes what only the look of letters says in the letters: 10 with a raised 6 is 10⁶ and not 106, "gdpr" in
 * capitals is GDPR. Doubly struck out is struck out.
 */
export function showLetters(document: Document, styles: WordStyles): void {
  for (const run of elementsOf(document, "r").filter(isWord)) {
    const raised = RAISED.get(valueIn(settingOf(run, styles, "vertAlign")));
    const isCapital = isSet(run, styles, "caps") || isSet(run, styles, "smallCaps");
    if (raised !== undefined || isCapital)
      for (const text of elementsOf(run, "t")) {
        const words = text.textContent ?? "";
        const written = raised ? raisedBy(words, raised) : words;
        text.textContent = isCapital ? written.toUpperCase() : written;
      }
    if (isSet(run, styles, "dstrike")) strike(run);
  }
}

const valueIn = (setting: Element | null): string => (setting ? attributeOf(setting, "val") : "");

function raisedBy(words: string, signs: string): string {
  return words.replace(/[0-9+=()-]/g, (sign) => signs.charAt(LEVEL.indexOf(sign)));
}

function strike(run: Element): void {
  const properties = childOf(run, "rPr") ?? run.insertBefore(make(run, "rPr"), run.firstChild);
  if (!childOf(properties, "strike")) properties.appendChild(make(run, "strike"));
}

/**
 * Takes out what stands in a field's code and not in its result: Word shows neither the code nor the fields
 * within it (a condition, and what it asks for). Only of fields that are whole.
 */
export function withoutCodes(document: Document): void {
  const open: Field[] = [];
  for (const run of elementsOf(document, "r").filter(isWord)) {
    const type = attributeOf(childOf(run, "fldChar") ?? run, "fldCharType");
    if (type === "begin") open.push({ code: [], isCode: true });
    if (type === "end") close(open.pop(), open);
    const last = open.at(-1);
    if (type === "separate" && last) last.isCode = false;
    for (const field of open) if (field.isCode) field.code.push(...elementsOf(run, "t"));
  }
}

/** The words in its code so far, and whether its result has not begun. */
type Field = { code: Element[]; isCode: boolean };

/** One that has no result shows nothing of its own. */
function close(field: Field | undefined, around: readonly Field[]): void {
  if (!field) return;
  if (!field.isCode) for (const text of field.code) text.parentNode?.removeChild(text);
  else for (const outer of around) if (outer.isCode) outer.code.push(...field.code);
}

function writeFormulas(document: Document): ImportWarning[] {
  return elementsOf(document, "oMath").map((formula) => {
    const words = formulaText(formula);
    const warning = warningOf("formulas", { place: placeOf(ancestorOf(formula, "p")), words });
    const paragraph = ancestorOf(formula, "oMathPara");
    replace(formula, runOf(ancestorOf(formula, "p") ?? formula, words));
    if (paragraph) unwrap(paragraph);
    return warning;
  });
}

/** 汉（hàn）: the words, and behind them in brackets what stands above them. */
function writeRuby(ruby: Element): void {
  const run = ancestorOf(ruby, "r");
  const [base, above] = ["rubyBase", "rt"].map((name) =>
    elementsOf(ruby, "t")
      .filter((text) => ancestorOf(text, name))
      .map((text) => text.textContent ?? "")
      .join(""),
  );
  const words = above ? `${base ?? ""}（${above}）` : (base ?? "");
  if (run) replace(ruby, textOf(run, words));
}

/** A list to choose from shows its chosen entry, the first where none was chosen. */
function writeChoice(list: Element): void {
  const field = ancestorOf(list, "fldChar");
  const run = field && ancestorOf(field, "r");
  const entries = childrenOf(list).filter(({ localName }) => localName === "listEntry");
  const chosen = entries[Number(valueOf(list, "result") ?? "0")];
  if (!chosen || !run?.parentNode) return;
  run.parentNode.insertBefore(runOf(run, attributeOf(chosen, "val")), run);
}

/** The words of a drawing's boxes, as a picture of the older form, which mammoth reads. */
function showBoxes(drawing: Element): void {
  const boxes = elementsOf(drawing, "txbxContent").filter((box) => !ancestorOf(box, "txbxContent"));
  if (boxes.length === 0) return;
  const alternatives = ancestorOf(drawing, "AlternateContent");
  const picture = make(drawing, "pict");
  for (const box of boxes) picture.appendChild(box);
  replace(alternatives ?? drawing, picture);
}

function unwrap(element: Element): void {
  while (element.firstChild) element.parentNode?.insertBefore(element.firstChild, element);
  element.parentNode?.removeChild(element);
}

function replace(old: Element, fresh: Element): void {
  old.parentNode?.replaceChild(fresh, old);
}

/** A new element of the same vocabulary, under the same prefix. */
export function make(like: Element, name: string): Element {
  const prefix = like.prefix ? `${like.prefix}:` : "";
  return like.ownerDocument.createElementNS(like.namespaceURI, prefix + name);
}

function textOf(like: Element, words: string): Element {
  const text = make(like, "t");
  text.setAttribute("xml:space", "preserve");
  text.appendChild(like.ownerDocument.createTextNode(words));
  return text;
}

/** A run of these words, of the vocabulary of an element of Word's. */
export function runOf(like: Element, words: string): Element {
  const run = make(like, "r");
  run.appendChild(textOf(like, words));
  return run;
}
