/** A block of a page: its kind, left edge, top, width and height in whole pixels. */
export type Box = readonly [kind: string, left: number, top: number, width: number, height: number];

/** A move or a change of size from here on is one to look at; a font's hinting stays far below. */
const TOLERANCE = 6;

/**
 * What is different, in words, or nothing. A block's place is measured from the block before it, so
 * that a moved block is told once, and rows that are each a pixel higher do not add up to a move.
 */
export function differences(expected: readonly Box[], found: readonly Box[]): string[] {
  const at = expected.findIndex(([kind], index) => kind !== found[index]?.[0]);
  if (at >= 0 || expected.length !== found.length)
    return [
      `${expected.length} blocks expected, ${found.length} found; first other one: ${told(expected, at < 0 ? expected.length : at)} expected, ${told(found, at < 0 ? expected.length : at)} found`,
    ];
  return expected.flatMap((box, index) => {
    const now = measures(found, index);
    const changed = Object.entries(measures(expected, index)).filter(
      ([name, value]) => Math.abs(value - (now[name] ?? 0)) >= TOLERANCE,
    );
    const said = changed.map(([name, value]) => `${name} ${value} → ${now[name] ?? 0}`);
    return said.length > 0 ? [`block ${index + 1} (${told([box], 0)}): ${said.join(", ")}`] : [];
  });
}

function measures(boxes: readonly Box[], index: number): Record<string, number> {
  const [, left = 0, top = 0, width = 0, height = 0] = boxes[index] ?? [];
  const [, , before = 0] = boxes[index - 1] ?? [];
  return { left, "below the last": top - before, width, height };
}

const told = (boxes: readonly Box[], index: number): string => {
  const [kind, left, top, width, height] = boxes[index] ?? [];
  return kind ? `${kind} at ${left},${top}, ${width}×${height}` : "none";
};

/** One line a block, which a comparison of two commits shows well. */
export const written = (boxes: readonly Box[]): string[] => boxes.map((box) => box.join(" "));

export function read(lines: readonly string[]): Box[] {
  return lines.map((line) => {
    const [kind = "", ...numbers] = line.split(" ");
    const [left = 0, top = 0, width = 0, height = 0] = numbers.map(Number);
    return [kind, left, top, width, height];
  });
}

/**
 * In the page: every block that shows something — words of its own, a picture, a field, a frame or
 * a ground. Runs of text inside a line are none: where they end is the font's affair.
 */
export const BOXES = String.raw`(() => {
  const REPLACED = /^(img|svg|input|select|textarea|button|iframe|video|canvas|hr)$/i;
  const isInline = (element) => /^(inline|contents|ruby)$/.test(getComputedStyle(element).display);
  const speaking = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (!node.data.trim()) continue;
    let block = node.parentElement;
    while (block && isInline(block)) block = block.parentElement;
    if (block) speaking.add(block);
  }
  const isDrawn = (element) => {
    const { borderTopWidth, borderBottomWidth, borderLeftWidth, backgroundColor } = getComputedStyle(element);
    return [borderTopWidth, borderBottomWidth, borderLeftWidth].some((width) => parseFloat(width) > 0) || !/, 0\)$|transparent/.test(backgroundColor);
  };
  return [...document.body.querySelectorAll("*")].flatMap((element) => {
    if (element.parentElement?.closest("svg") || !element.checkVisibility()) return [];
    const isShown = REPLACED.test(element.tagName) || speaking.has(element) || (!isInline(element) && isDrawn(element));
    const { left, top, width, height } = element.getBoundingClientRect();
    // Words for screen readers alone take a pixel.
    if (!isShown || width < 1 || height < 1 || (width <= 1 && height <= 1)) return [];
    return [[element.tagName.toLowerCase(), ...[left + scrollX, top + scrollY, width, height].map(Math.round)]];
  });
})()`;
