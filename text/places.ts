import { type Clause, clausesOf, markerOf } from "./clauses";
import type { OutlineEntry, PolicyBlock } from "./blocks";
import { outline } from "./visible-text";

/**
 * What to call the places of a text that somebody points to ("四、（一）期限 · 2"): headings by number
 * and title, clauses below them by their own number. Unknown anchors are left out.
 */
export function placeNames(
  blocks: PolicyBlock[],
  anchors: readonly (string | null)[],
): OutlineEntry[] {
  let part = "";
  return clausesOf(blocks).flatMap((clause) => {
    if (clause.kind === "heading" && clause.level === 2) part = clause.marker ?? "";
    if (!anchors.includes(clause.anchor) || !clause.section) return [];
    const level = clause.kind === "heading" ? clause.level : 5;
    return [{ anchor: clause.anchor, level, title: nameOf(clause, part) }];
  });
}

/** "（一）" alone says little; "1.1" and "第三条" say where they are. */
function nameOf(clause: Clause, part: string): string {
  const heading = clause.section?.title ?? "";
  const whole = /^[(（]/.test(heading) ? `${part}${heading}` : heading;
  const number = clause.kind === "item" ? markerOf(clause)?.match(/[\da-z一-十①-⑳]+/)?.[0] : null;
  return number ? `${whole} · ${number}` : whole;
}

type Pointing = { anchor: string | null };
type Pair = { binding: PolicyBlock[]; translation: PolicyBlock[] };

/**
 * Anchors are numbers of the binding text. In a translation one is the same place only where all
 * headings, down to its own level, are numbered alike in both; elsewhere it points nowhere.
 */
export function placedInTranslation<Item extends Pointing>(
  items: readonly Item[],
  { binding, translation }: Pair,
): Item[] {
  const levels = new Map(outline(translation).map(({ anchor, level }) => [anchor, level]));
  const sections = new Map(
    clausesOf(translation).map(({ anchor, section }) => [anchor, section?.anchor]),
  );
  const isPlaced = (anchor: string) =>
    sections.has(anchor) &&
    haveOneFrame({ binding, translation }, levels.get(sections.get(anchor) ?? "") ?? 0);
  return items.map((item) =>
    item.anchor && !isPlaced(item.anchor) ? { ...item, anchor: null } : item,
  );
}

/** Whether both texts have the same headings, by level and number, down to a level. */
export function haveOneFrame({ binding, translation }: Pair, level: number): boolean {
  const frame = (blocks: PolicyBlock[]) =>
    outline(blocks)
      .filter((heading) => heading.level <= level)
      .map((heading) => heading.anchor)
      .join();
  return frame(binding) === frame(translation);
}
