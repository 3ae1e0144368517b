import { type Clause, clausesOf, markerOf } from "./clauses";
import type { OutlineEntry, PolicyBlock } from "./blocks";

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
