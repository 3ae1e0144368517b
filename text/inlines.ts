import type { Inline, Marks } from "./blocks";
import { inlineText } from "./visible-text";

/** Neighbours with the same marks, or the same link, become one, so that equal texts have equal inlines. */
export function mergeInlines(inlines: Inline[]): Inline[] {
  const merged: Inline[] = [];
  for (const inline of inlines) {
    if (inline.kind === "text" && inline.text === "") continue;
    if (inline.kind === "link" && inlineText(inline.children) === "") continue;
    const joined = join(merged.at(-1), inline);
    if (joined) merged.splice(-1, 1, joined);
    else merged.push(inline);
  }
  return merged;
}

/** Cuts at a place counted in characters of `inlineText`; a link cut in two is two links. */
export function splitInlines(inlines: Inline[], at: number): [Inline[], Inline[]] {
  const before: Inline[] = [];
  const after: Inline[] = [];
  let position = 0;
  for (const inline of inlines) {
    const length = inlineText([inline]).length;
    const cut = at - position;
    position += length;
    if (cut >= length) before.push(inline);
    else if (cut <= 0) after.push(inline);
    else {
      const [left, right] = cutInline(inline, cut);
      before.push(left);
      after.push(right);
    }
  }
  return [before, after];
}

export function trimInlines(inlines: Inline[]): Inline[] {
  const text = inlineText(inlines);
  const end = text.trimEnd().length;
  const start = text.length - text.trimStart().length;
  if (start >= end) return [];
  return splitInlines(splitInlines(inlines, end)[0], start)[1];
}

export function haveSameMarks(a: Marks, b: Marks): boolean {
  return a.strong === b.strong && a.em === b.em && a.struck === b.struck && a.code === b.code;
}

function join(left: Inline | undefined, right: Inline): Inline | null {
  if (left?.kind === "text" && right.kind === "text") {
    return haveSameMarks(left, right) ? { ...left, text: left.text + right.text } : null;
  }
  if (left?.kind === "link" && right.kind === "link" && left.href === right.href) {
    return { ...left, children: mergeInlines([...left.children, ...right.children]) };
  }
  return null;
}

function cutInline(inline: Inline, at: number): [Inline, Inline] {
  if (inline.kind === "break") return [inline, inline];
  if (inline.kind === "text") {
    return [
      { ...inline, text: inline.text.slice(0, at) },
      { ...inline, text: inline.text.slice(at) },
    ];
  }
  const [left, right] = splitInlines(inline.children, at);
  return [
    { ...inline, children: left },
    { ...inline, children: right },
  ];
}
