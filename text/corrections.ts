import type { Inline, PolicyBlock } from "./blocks";
import { type Clause, clausesOf, clauseText } from "./clauses";
import { manifestOf } from "./manifest";
import { compareManifests } from "./manifest-diff";
import { compareInlines } from "./word-diff";

/** What makes of a correction a change, for which there is a new version. */
export const CORRECTION_FAULTS = [
  "same",
  "structure",
  "emphasis",
  "links",
  "numbers",
  "terms",
  "duties",
  "tooLong",
  "tooMany",
] as const;

/** `place`: the section's title; `words`: what stands otherwise there. */
export type CorrectionFault = {
  fault: (typeof CORRECTION_FAULTS)[number];
  place: string | null;
  words: string;
};

/** A slip of the pen is short: characters that come or go in one clause, and clauses of one correction. */
export const MOST_CHARACTERS = 20;
export const MOST_CLAUSES = 10;

/**
 * The first thing by which a text that is to be corrected after it was announced would come to say
 * something else: another clause, other emphasis (what is bold is sensitive, P05), another address,
 * number or date, another word of its lists, another "not", "must" or "may", or more than a slip. Null
 * where nothing of it changes. It would rather refuse a harmless correction than let a change pass.
 */
export function correctionFault(
  before: PolicyBlock[],
  after: PolicyBlock[],
  names: readonly string[],
): CorrectionFault | null {
  const [was, is] = [clausesOf(before), clausesOf(after)];
  const frame = was.findIndex((clause, index) => frameOf(clause) !== frameOf(is[index]));
  if (frame >= 0 || was.length !== is.length) {
    const clause = was[frame] ?? is[was.length];
    return faultAt("structure", clause, clause ? clauseText(clause) : "");
  }
  const pairs = was.flatMap((clause, index) => {
    const other = is[index];
    return other && wordsOf(clause) !== wordsOf(other) ? [{ was: clause, is: other }] : [];
  });
  const [first] = pairs;
  if (!first) return { fault: "same", place: null, words: "" };
  for (const pair of pairs) {
    const fault = faultIn(pair, names);
    if (fault) return fault;
  }
  const [list] = compareManifests(manifestOf(before), manifestOf(after));
  if (list) return faultAt("terms", first.was, list.name);
  return pairs.length > MOST_CLAUSES ? faultAt("tooMany", first.was, String(pairs.length)) : null;
}

type Pair = { was: Clause; is: Clause };

function faultIn({ was, is }: Pair, names: readonly string[]): CorrectionFault | null {
  const [before, after] = [clauseText(was), clauseText(is)];
  const kept: [CorrectionFault["fault"], string[], string[]][] = [
    ["emphasis", marksIn(runsOf(was).flat()), marksIn(runsOf(is).flat())],
    ["links", linksIn(runsOf(was).flat()), linksIn(runsOf(is).flat())],
    ["numbers", numbersIn(before), numbersIn(after)],
    ["terms", namesIn(before, names), namesIn(after, names)],
    ["duties", dutiesIn(before), dutiesIn(after)],
  ];
  for (const [fault, old, fresh] of kept) {
    if (old.join("\n") !== fresh.join("\n")) return faultAt(fault, was, whatDiffers(old, fresh));
  }
  const length = changedCharacters(was, is);
  return length > MOST_CHARACTERS ? faultAt("tooLong", was, String(length)) : null;
}

/** One for another where as many stand there; else what came or went alone, for what follows only moved up. */
function whatDiffers(old: readonly string[], fresh: readonly string[]): string {
  const at = Math.max(0, firstDifference(old, fresh));
  const [was, is] = [old[at], fresh[at]];
  if (old.length > fresh.length) return was ?? "";
  if (old.length < fresh.length) return is ?? "";
  return `${was} → ${is}`;
}

const firstDifference = (old: readonly string[], fresh: readonly string[]): number =>
  Array.from({ length: Math.max(old.length, fresh.length) }, (_, at) => at).findIndex(
    (at) => old[at] !== fresh[at],
  );

const MOST_WORDS = 80;
const faultAt = (
  fault: CorrectionFault["fault"],
  clause: Clause | undefined,
  words: string,
): CorrectionFault => ({
  fault,
  place: clause?.section?.title ?? null,
  words: [...words].slice(0, MOST_WORDS).join(""),
});

/** What a clause is, but for its words: citations lead to its anchor, and readers know its number. */
function frameOf(clause: Clause | undefined): string {
  if (!clause) return "";
  const marker = "marker" in clause ? clause.marker : null;
  const size =
    clause.kind === "table" ? [clause.head, ...clause.rows].map((row) => row.length) : [];
  const level = clause.kind === "heading" ? clause.level : null;
  const { kind, anchor, depth, isQuoted } = clause;
  return JSON.stringify([kind, anchor, depth, isQuoted, marker, level, size]);
}

const wordsOf = (clause: Clause): string =>
  clause.kind === "code" ? clause.text : JSON.stringify(runsOf(clause));

function runsOf(clause: Clause): Inline[][] {
  if (clause.kind === "table") return [clause.head, ...clause.rows].flat();
  return "inlines" in clause ? [clause.inlines] : [];
}

/** Words that stand out, in order, with how they do. */
const marksIn = (inlines: readonly Inline[]): string[] =>
  inlines.flatMap((inline) => {
    if (inline.kind === "break") return [];
    if (inline.kind === "link") return marksIn(inline.children);
    const { strong, em, struck, code, text } = inline;
    const marks = [strong && "strong", em && "em", struck && "struck", code && "code"];
    return marks.some(Boolean) ? [`${marks.filter(Boolean).join()} ${text}`] : [];
  });

const linksIn = (inlines: readonly Inline[]): string[] =>
  inlines.flatMap((inline) => (inline.kind === "link" ? [inline.href] : []));

/** Digits with what they count ("30个工作日"), Chinese numerals, English ones, months and days of the week. */
const NUMBERS =
  /[\p{N}](?:[\p{N}.,:/-]*[\p{N}])?[\p{L}%‰℃]{0,3}|[〇零一二三四五六七八九十百千万亿两]+|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|million|once|twice|jan(?:uary)?|feb(?:ruary)?|march|april|june|july|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/giu;
const CHINESE_NUMERAL = /^[〇零一二三四五六七八九十百千万亿两]+$/;
/** What a Chinese numeral counts or where it stands: with another one behind it the number is another. */
const UNITS = /[日号天月年周时分秒元次倍条款项章节个名位岁级类种份页件台]/;

function numbersIn(text: string): string[] {
  const plain = text.normalize("NFKC");
  return [...plain.matchAll(NUMBERS)].map(({ 0: number, index }) => {
    const next = plain[index + number.length] ?? "";
    const isCounted = CHINESE_NUMERAL.test(number) && UNITS.test(next);
    return isCounted ? `${number}${next}` : number;
  });
}

/** The names that the lists of the version have, in the order in which a clause says them. */
function namesIn(text: string, names: readonly string[]): string[] {
  const found = names.flatMap((name) => {
    const places: { at: number; name: string }[] = [];
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
      places.push({ at, name });
    return places;
  });
  return found
    .toSorted((one, other) => one.at - other.at || one.name.length - other.name.length)
    .map(({ name }) => name);
}

/** What turns a sentence into another: denial, duty, permission, consent. */
const DUTIES =
  /不|没|未|无|非|勿|禁止|仅|除外|必须|应当?|须|可以?|能够?|有权|同意|拒绝|和|或|\b(?:not|no|never|none|without|unless|except|only|must|may|might|shall|should|can|cannot|could|will|would|and|or|consent\w*|agree\w*|refuse\w*)\b|n't\b/gi;

const dutiesIn = (text: string): string[] => text.match(DUTIES) ?? [];

function changedCharacters(was: Clause, is: Clause): number {
  const [old, fresh] = [runsOf(was), runsOf(is)];
  if (was.kind === "code" || is.kind === "code")
    return clauseText(was) === clauseText(is) ? 0 : Infinity;
  return old.reduce((sum, run, index) => {
    const segments = compareInlines(run, fresh[index] ?? []);
    return (
      sum +
      segments
        .filter(({ kind }) => kind === "ins" || kind === "del")
        .reduce((length, { inlines }) => length + lengthOf(inlines), 0)
    );
  }, 0);
}

const lengthOf = (inlines: readonly Inline[]): number =>
  inlines.reduce((sum, inline) => {
    if (inline.kind === "break") return sum + 1;
    return sum + (inline.kind === "text" ? inline.text.length : lengthOf(inline.children));
  }, 0);
