const CHINESE = "〇零一二三四五六七八九十百两";
/** Full-width forms are written as escapes, because they look like their ASCII twins. */
const DOT = "[.\\uff0e]";
const OPEN = "[(\\uff08]";
const CLOSE = "[)\\uff09]";
/** Counted amounts ("3.5 亿") begin like a number of a clause; these words tell them apart. */
const UNITS = "亿万千百元%\\uff05折倍";
const AFTER = `(?!\\s*[${UNITS}])(?=\\s|$|[\\u3400-\\u9fff《“「])`;

type Pattern = { kind: string; rank: number; level?: 2 | 3; pattern: RegExp };

/**
 * The ways Chinese and English legal texts number their parts, from the widest (rank 0) to the
 * narrowest. In each pattern group 1 is the marker as written, group 2 the number within it.
 */
const PATTERNS = [
  { kind: "chapter", rank: 0, level: 2, pattern: part(`第\\s*(NUM)\\s*(?:章|编|編|篇|部分)`) },
  { kind: "chinese", rank: 0, level: 2, pattern: part(`(CN)(?:、|${DOT})(?!CN、)`) },
  { kind: "section", rank: 1, level: 3, pattern: part(`第\\s*(NUM)\\s*[节節]`) },
  { kind: "article", rank: 1, level: 3, pattern: part(`第\\s*(NUM)\\s*[条條](?=\\s|$)`) },
  { kind: "chinese-round", rank: 1, level: 3, pattern: part(`${OPEN}\\s*(CN)\\s*${CLOSE}、?`) },
  {
    kind: "decimal",
    rank: 2,
    pattern: part(`(\\d{1,3}(?:\\.\\d{1,3}){1,3})(?:${DOT}|、)?${AFTER}`),
  },
  { kind: "arabic", rank: 2, pattern: part(`(\\d{1,3})${DOT}(?!\\d)`) },
  { kind: "arabic-comma", rank: 2, pattern: part(`(\\d{1,3})、(?!\\d)`) },
  { kind: "arabic-half", rank: 3, pattern: part(`(\\d{1,3})${CLOSE}(?!\\d)`) },
  { kind: "arabic-round", rank: 3, pattern: part(`${OPEN}\\s*(\\d{1,3})\\s*${CLOSE}`) },
  { kind: "circled", rank: 4, pattern: part(`([①-⑳])`) },
  { kind: "letter", rank: 5, pattern: part(`([a-z])(?:${DOT}|、|${CLOSE})${AFTER}`) },
  { kind: "letter-round", rank: 5, pattern: part(`${OPEN}\\s*([a-z]|[ivx]{2,5})\\s*${CLOSE}`) },
  { kind: "bullet", rank: 6, pattern: part(`([•·●○■◆▪‣∙◦]|[-*+–](?=\\s))`) },
] as const satisfies Pattern[];

export type MarkerKind = (typeof PATTERNS)[number]["kind"];

export type Marker = {
  kind: MarkerKind;
  rank: number;
  /** As the author wrote it: "一、", "(二)", "1.". */
  raw: string;
  /** The number for an anchor: "1", "2", "1-3", "a"; null for a bullet. */
  segment: string | null;
  /** Where the words after the marker begin in the text it was read from. */
  end: number;
};

export function readMarker(text: string): Marker | null {
  for (const { kind, rank, pattern } of PATTERNS) {
    const [whole, raw, number] = pattern.exec(text) ?? [];
    if (whole === undefined || raw === undefined || number === undefined) continue;
    return { kind, rank, raw, segment: segmentOf(kind, number), end: whole.length };
  }
  return null;
}

/** Whether the marker is one that wants a section of its own: 一、 (一) 第一章 第一条. */
export function sectionLevel({ kind }: Marker): 2 | 3 | null {
  const found = PATTERNS.find((pattern) => pattern.kind === kind);
  return found && "level" in found ? found.level : null;
}

export type SectionLine = {
  level: 2 | 3;
  marker: Marker;
  /** Where the title ends in the text; what follows is the section's first paragraph. */
  titleEnd: number;
};

const LONGEST_TITLE = 50;
const TITLE = /^[^。;\uff1b!\uff01?\uff1f]+$/;
/** A blank between two Chinese characters parts a title from its text; "本 SDK" is only spacing. */
const TITLE_BREAK =
  /[\u3400-\u9fff)\uff09”》](?<!第\S{1,4}[条章节])[ \u3000]+(?=[\u3400-\u9fff“《(\uff08])(?!第\S{1,4}[条章节])/u;

/**
 * Reads a line as a section heading. 一、 (一) 第一章 第一节 第一条 head a section where what follows is
 * a title: 1–50 characters, no full stop, semicolon, question or exclamation mark inside, no comma at
 * the end. A line that goes on is cut at its first blank between two Chinese characters when a title
 * stands before it and a whole sentence after it. Any other such line is a numbered clause: null.
 */
export function readSectionLine(text: string): SectionLine | null {
  const marker = readMarker(text);
  const level = marker && sectionLevel(marker);
  if (!marker || !level) return null;
  const rest = text.slice(marker.end);
  if (isTitle(rest)) return { level, marker, titleEnd: text.length };

  const cut = TITLE_BREAK.exec(rest);
  if (!cut) return null;
  const length = cut.index + 1;
  if (!isTitle(rest.slice(0, length)) || !/[。:;.\uff1a\uff1b]/.test(rest.slice(length)))
    return null;
  return { level, marker, titleEnd: marker.end + length };
}

/** Titles that stand without a number, with the anchor each gets. */
const KNOWN_TITLES: Record<string, string> = {
  引言: "intro",
  前言: "intro",
  导言: "intro",
  序言: "intro",
  introduction: "intro",
  preamble: "intro",
  foreword: "intro",
  附则: "supplement",
  附录: "appendix",
  附件: "appendix",
  appendix: "appendix",
};

/** The anchor of a well-known unnumbered title such as 引言, or null for any other text. */
export function knownTitle(text: string): string | null {
  return KNOWN_TITLES[text.trim().toLowerCase()] ?? null;
}

function isTitle(text: string): boolean {
  const title = text.trim();
  return (
    title !== "" &&
    title.length <= LONGEST_TITLE &&
    TITLE.test(title) &&
    !/[,\uff0c、]$/.test(title)
  );
}

function part(source: string): RegExp {
  const numbers = source
    .replaceAll("CN", `[${CHINESE}]{1,5}`)
    .replaceAll("NUM", `[${CHINESE}]{1,5}|\\d{1,3}`);
  return new RegExp(`^\\s*(${numbers})\\s*`, "u");
}

function segmentOf(kind: MarkerKind, number: string): string | null {
  if (kind === "bullet") return null;
  if (kind === "circled") return String(number.charCodeAt(0) - "①".charCodeAt(0) + 1);
  if (/^[\d.]+$/.test(number)) return number.split(".").map(Number).join("-");
  return /^[a-z]+$/.test(number) ? number : String(chineseNumber(number));
}

/** 十二 → 12, 二十 → 20, 一百零五 → 105, 一〇 → 10. */
function chineseNumber(text: string): number {
  const digits = [...text].map((char) => "零一二三四五六七八九".indexOf(char));
  if (!/[十百]/.test(text)) {
    return Number(
      digits.map((digit, i) => (digit < 0 ? (text[i] === "两" ? 2 : 0) : digit)).join(""),
    );
  }
  let total = 0;
  let pending = 0;
  for (const char of text) {
    const unit = char === "百" ? 100 : char === "十" ? 10 : 0;
    if (unit) {
      total += (pending || 1) * unit;
      pending = 0;
    } else {
      pending = char === "两" ? 2 : Math.max(0, "零一二三四五六七八九".indexOf(char));
    }
  }
  return total + pending;
}
