import { formatNumber, isKnownFormat } from "./docx-numbers";
import type { WordStyles } from "./docx-styles";
import { attributeOf, childOf, elementsOf, isOn, valueOf } from "./docx-xml";

type Level = {
  start: number;
  format: string;
  text: string;
  isDecimal: boolean;
  style: string | null;
  /** The widest levels, counted from 1, after which this one starts anew; 0: it counts on for ever. */
  restartsAfter: number;
  /** Whether Word sets a blank or a tab behind the number. */
  isSpaced: boolean;
};
type List = { id: string; levels: Map<number, Level>; restarts: Map<number, number> };

/**
 * Word does not store the numbers of numbered paragraphs: it counts them when it shows the text. This
 * counts the same way, so that "一、" and "(1)" are not lost. Ask for the paragraphs in document order.
 */
export class WordNumbering {
  readonly #lists = new Map<string, List>();
  readonly #counts = new Map<string, (number | undefined)[]>();
  readonly #restarted = new Set<string>();
  /** Formats that paragraphs are numbered in and that come out as digits. */
  readonly unknownFormats = new Set<string>();

  constructor(
    document: Document | null,
    readonly styles: WordStyles,
  ) {
    if (!document) return;
    const abstracts = new Map(
      elementsOf(document, "abstractNum").map((one) => [attributeOf(one, "abstractNumId"), one]),
    );
    for (const num of elementsOf(document, "num")) {
      const abstract = this.#resolve(abstracts.get(valueOf(num, "abstractNumId") ?? ""), {
        abstracts,
        document,
      });
      if (abstract) this.#lists.set(attributeOf(num, "numId"), listOf(num, abstract));
    }
  }

  /** The marker Word shows before the paragraph; null without one, and for bullets. */
  markerOf(paragraph: Element): string | null {
    const place = this.#placeOf(childOf(paragraph, "pPr"));
    if (!place) return null;
    const { list, numId, depth } = place;
    const level = list.levels.get(depth);
    if (!level || level.format === "bullet") return null;

    const counts = this.#countsOf(list, numId);
    counts[depth] = counts[depth] === undefined ? level.start : counts[depth] + 1;
    for (const [deeper, { restartsAfter }] of list.levels) {
      if (deeper > depth && depth < restartsAfter) counts[deeper] = undefined;
    }
    const number = level.text.replace(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1;
      const other = list.levels.get(at);
      const format = level.isDecimal ? "decimal" : (other?.format ?? "decimal");
      if (!isKnownFormat(format)) this.unknownFormats.add(format);
      return formatNumber(counts[at] ?? other?.start ?? 1, format);
    });
    return withSpace(number, level);
  }

  /** A list that only names a style has its levels in the list the style names. */
  #resolve(
    abstract: Element | undefined,
    { abstracts, document }: { abstracts: Map<string, Element>; document: Document },
  ): Element | undefined {
    const link = abstract && valueOf(abstract, "numStyleLink");
    if (!link) return abstract;
    const [style] = this.styles.chain(link);
    const numId = valueOf(childOf(childOf(style?.properties, "pPr"), "numPr"), "numId");
    const num = elementsOf(document, "num").find((one) => attributeOf(one, "numId") === numId);
    return num && abstracts.get(valueOf(num, "abstractNumId") ?? "");
  }

  #placeOf(properties: Element | null): { list: List; numId: string; depth: number } | null {
    const own = childOf(properties, "numPr");
    const chain = this.styles.chain(valueOf(properties, "pStyle"));
    const ofStyle = chain
      .map((style) => childOf(childOf(style.properties, "pPr"), "numPr"))
      .find((one) => one !== null);
    const numId = valueOf(own, "numId") ?? valueOf(ofStyle, "numId");
    const list = numId === null ? undefined : this.#lists.get(numId);
    if (numId === null || !list) return null;

    const style = valueOf(properties, "pStyle");
    const byStyle = [...list.levels].find(([, level]) => style !== null && level.style === style);
    const stated = valueOf(own, "ilvl") ?? (byStyle ? null : valueOf(ofStyle, "ilvl"));
    return { list, numId, depth: stated === null ? (byStyle?.[0] ?? 0) : Number(stated) };
  }

  /** Lists of one abstract list count on together, unless a list says where it starts anew. */
  #countsOf({ id, restarts }: List, numId: string): (number | undefined)[] {
    const counts = this.#counts.get(id) ?? [];
    this.#counts.set(id, counts);
    if (this.#restarted.has(numId)) return counts;
    this.#restarted.add(numId);
    for (const [depth, start] of restarts) counts[depth] = start - 1;
    return counts;
  }
}

/** Behind "、" and brackets a Chinese text has no blank; 第一条 and what is not Chinese keep Word's. */
function withSpace(number: string, { isSpaced }: Level): string {
  const isOwnEnd = number === "" || /[\u3001\uff0c\uff0e\uff09\u3011\u3015]$/.test(number);
  return isSpaced && !isOwnEnd ? `${number} ` : number;
}

/** Takes the counted levels out of the numbering, so that mammoth makes lists of the bullets alone. */
export function keepBulletsOnly(document: Document): void {
  for (const level of elementsOf(document, "lvl")) {
    if (valueOf(level, "numFmt") !== "bullet") level.parentNode?.removeChild(level);
  }
}

function listOf(num: Element, abstract: Element): List {
  const overrides = elementsOf(num, "lvlOverride");
  const levels = [abstract, ...overrides]
    .flatMap((one) => elementsOf(one, "lvl"))
    .map((level): [number, Level] => [Number(attributeOf(level, "ilvl")), levelOf(level)]);
  const restarts = overrides.flatMap((one): [number, number][] => {
    const start = valueOf(one, "startOverride");
    return start === null ? [] : [[Number(attributeOf(one, "ilvl")), Number(start)]];
  });
  return {
    id: attributeOf(abstract, "abstractNumId"),
    levels: new Map(levels),
    restarts: new Map(restarts),
  };
}

function levelOf(level: Element): Level {
  const legal = childOf(level, "isLgl");
  const depth = Number(attributeOf(level, "ilvl"));
  const restart = valueOf(level, "lvlRestart");
  return {
    start: Number(valueOf(level, "start") ?? "1"),
    format: valueOf(level, "numFmt") ?? "decimal",
    text: valueOf(level, "lvlText") ?? "",
    isDecimal: legal !== null && isOn(legal),
    style: valueOf(level, "pStyle"),
    // A level that is not wider than its own says nothing (ECMA-376, 17.9.10).
    restartsAfter: Math.min(depth, restart === null ? depth : Number(restart)),
    isSpaced: valueOf(level, "suff") !== "nothing",
  };
}
