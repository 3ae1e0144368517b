import type { Inline, PolicyBlock } from "./blocks";
import { type Clause, clausesOf, clauseText } from "./clauses";
import type { DiffEntry } from "./diff";
import { plain } from "./manifest-diff";

/** Where something stands in a text, and which words. */
export type Finding = { place: string | null; words: string | null };

/** A name that stands in bold in one place may go without in a few others before all are told. */
const MOST_PLACES = 3;
const MOST_WORDS = 120;

/** The places of a name that are not in bold (P05), a few at most; none where the text never names it. */
export function placesNotBold(blocks: PolicyBlock[], name: string): Finding[] {
  const found: Finding[] = [];
  for (const clause of clausesOf(blocks)) {
    if (found.length >= MOST_PLACES) break;
    if (runsOf(clause).some((run) => hasUnbold(run, name)))
      found.push({ place: placeOf(clause), words: name });
  }
  return found;
}

/** Links within a text to a place that it does not have. */
export function deadAnchors(blocks: PolicyBlock[]): Finding[] {
  const clauses = clausesOf(blocks);
  const known = new Set(clauses.map(({ anchor }) => anchor));
  return clauses.flatMap((clause) =>
    linksIn(clause)
      .filter((href) => href.startsWith("#") && !known.has(decode(href.slice(1))))
      .map((href) => ({ place: placeOf(clause), words: href })),
  );
}

/** The addresses of documents of the portal itself that a text leads to: "/zh-CN/policies/im/3.2". */
export function policyLinks(
  blocks: PolicyBlock[],
): (Finding & { slug: string; label: string | null })[] {
  return clausesOf(blocks).flatMap((clause) =>
    linksIn(clause).flatMap((href) => {
      const { slug, label } =
        /^(?:\/[a-z-]+)?\/policies\/(?<slug>[a-z0-9-]+)(?:\/(?<label>[^/?#]+))?/i.exec(href)
          ?.groups ?? {};
      return slug ? [{ place: placeOf(clause), words: href, slug, label: label ?? null }] : [];
    }),
  );
}

/**
 * Changed clauses that no line of the change list points to: a line explains the clause it names and
 * all within it (anchors are built of the numbers above them, text/anchors.ts).
 */
export function unexplained(
  entries: readonly DiffEntry[],
  anchors: readonly (string | null)[],
): Finding[] {
  const named = anchors.filter((anchor) => anchor !== null);
  const isNamed = (anchor: string | undefined) =>
    anchor !== undefined && named.some((one) => anchor === one || anchor.startsWith(`${one}-`));
  const open = entries.filter(
    (entry) =>
      entry.kind !== "unchanged" &&
      !(entry.kind === "moved" && entry.at === "old") &&
      !isNamed(entry.anchor) &&
      !isNamed(entry.section?.anchor),
  );
  return open.map((entry) => ({ place: entry.section?.title ?? null, words: wordsOf(entry) }));
}

/** How to reach whoever answers for a text: what stands in a section about it, and every mail address. */
export function contactsOf(blocks: PolicyBlock[], most = MOST_WORDS): Finding[] {
  return clausesOf(blocks)
    .filter((clause) => isContact(clause))
    .map((clause) => ({ place: placeOf(clause), words: short(clauseText(clause), most) }))
    .filter(({ words }) => words !== "");
}

/** Of two lists of findings what stands in one alone, whatever place it has. */
export function onlyInOne(before: readonly Finding[], after: readonly Finding[]): Finding[] {
  const key = ({ words }: Finding) => plain(words ?? "");
  const [was, is] = [new Set(before.map(key)), new Set(after.map(key))];
  return [
    ...after.filter((one) => !was.has(key(one))),
    ...before.filter((one) => !is.has(key(one))),
  ];
}

const CONTACT_HEADING = /联系我们|联系方式|如何联系|投诉|contact|complaint/i;
const MAIL_ADDRESS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/;

function isContact(clause: Clause): boolean {
  const { section } = clause;
  if (clause.kind === "heading" || clause.kind === "rule") return false;
  const headings = `${section?.title ?? ""}\n${section?.chapter ?? ""}`;
  return CONTACT_HEADING.test(headings) || MAIL_ADDRESS.test(clauseText(clause));
}

function wordsOf(entry: DiffEntry): string {
  const clause = "after" in entry ? entry.after : entry.before;
  return short([clause].flat().map(clauseText).join(" "));
}

const short = (text: string, most = MOST_WORDS): string =>
  text.length > most ? `${text.slice(0, most)}…` : text;

const placeOf = ({ section }: Clause): string | null => section?.title ?? null;

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

function linksIn(clause: Clause): string[] {
  return runsOf(clause).flatMap((run) =>
    run.flatMap((inline) => (inline.kind === "link" ? [inline.href] : [])),
  );
}

/** The runs of inlines of a clause: one, or one a cell. */
function runsOf(clause: Clause): Inline[][] {
  if (clause.kind === "table") return [clause.head, ...clause.rows].flat();
  return "inlines" in clause ? [clause.inlines] : [];
}

function hasUnbold(run: readonly Inline[], name: string): boolean {
  const letters = lettersOf(run);
  const text = letters.map(({ letter }) => letter).join("");
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (letters.slice(at, at + name.length).some(({ isBold }) => !isBold)) return true;
  }
  return false;
}

/** By UTF-16 unit, as `indexOf` counts. */
const lettersOf = (run: readonly Inline[]): { letter: string; isBold: boolean }[] =>
  run.flatMap((inline) => {
    if (inline.kind === "break") return [{ letter: "\n", isBold: true }];
    if (inline.kind === "link") return lettersOf(inline.children);
    return inline.text
      .split("")
      .map((letter) => ({ letter, isBold: Boolean(inline.strong) || Boolean(inline.code) }));
  });

export type CheckPoint = { key: string; words: string; anchor: string | null };

const OWN_LIST = /自查|自检|核对清单|self-?check|checklist/i;
const NO_POINT = /联系我们|联系方式|如何联系|投诉|contact us|complaint/i;

/**
 * The points by which a compliance guide lets developers check themselves (P11): the items of a section
 * that says it is that list; where there is none, the guide's own innermost headings, contacts left out.
 */
export function checkPoints(blocks: PolicyBlock[]): CheckPoint[] {
  const listed = clausesOf(blocks).filter(
    (clause) =>
      clause.kind === "item" &&
      OWN_LIST.test(`${clause.section?.title ?? ""}\n${clause.section?.chapter ?? ""}`),
  );
  if (listed.length > 0)
    return listed.map((clause, index) => ({
      key: String(index),
      words: clauseText(clause),
      anchor: clause.anchor,
    }));
  // A heading that another follows at once names a chapter, not a point.
  const clauses = clausesOf(blocks);
  return clauses
    .filter((clause, index) => {
      const after = clauses[index + 1];
      return clause.kind === "heading" && after && after.kind !== "heading";
    })
    .map((clause) => ({
      anchor: clause.anchor,
      words: [clause.section?.chapter, clause.section?.title].filter(Boolean).join(" "),
    }))
    .filter(({ words }) => !NO_POINT.test(words))
    .map((point, index) => ({ key: String(index), ...point }));
}
