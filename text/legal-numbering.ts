const CHINESE = "〇零一二三四五六七八九十百两壹贰叁肆伍陆柒捌玖拾佰";
/** Full-width forms are written as escapes, because they look like their ASCII twins. */
const DOT = "[.\\uff0e]";
const OPEN = "[(\\uff08]";
const CLOSE = "[)\\uff09]";
/** Counted amounts ("3.5 亿") begin like a number of a clause; these words tell them apart. */
const UNITS = "亿万千百元%\\uff05折倍";
const DIGIT = "[\\d\\uff10-\\uff19]";
/**
 * 第三条 heads an article where its words follow, with a blank or without; in 第三条所述, 第三条第一款,
 * 第三条和第四条 the sentence speaks of one.
 */
const ARTICLE_END = `(?![的与或至、,\\uff0c。;\\uff1b)\\uff09》」”是第之]|和(?!解)|及(?!时)|到(?!期)|等(?!级)|款(?!项)|项(?!目)|所(?!有)|中(?![国华])|内(?!容)|以[上下内外]|规定|约定的|除外)`;
const STEMS = "甲乙丙丁戊己庚辛壬癸";
const AFTER = `(?!\\s*[${UNITS}])(?=\\s|$|[\\u3400-\\u9fff《“「])`;

type Pattern = { kind: string; rank: number; level?: 2 | 3; pattern: RegExp };

/**
 * The ways Chinese and English legal texts number their parts, from the widest (rank 0) to the
 * narrowest. In each pattern group 1 is the marker as written, the next the number within it; 第三条之一
 * has a second number.
 */
const PATTERNS = [
  { kind: "chapter", rank: 0, level: 2, pattern: part(`第\\s*(NUM)\\s*(?:章|编|編|篇|部分)`) },
  { kind: "chinese", rank: 0, level: 2, pattern: part(`(CN)(?:、|${DOT})(?!CN、)`) },
  { kind: "section", rank: 1, level: 3, pattern: part(`第\\s*(NUM)\\s*[节節]`) },
  {
    kind: "article",
    // Wider than （一）, which is a part of it.
    rank: 0.5,
    level: 3,
    pattern: part(`第\\s*((?:NUM)(?:\\.\\d{1,3}){0,3})\\s*[条條](?:之(CN))?${ARTICLE_END}`),
  },
  {
    kind: "chinese-round",
    rank: 1,
    level: 3,
    pattern: part(`(?:${OPEN}\\s*)?(CN)\\s*${CLOSE}、?|([㈠-㈩])、?`),
  },
  {
    kind: "decimal",
    rank: 2,
    pattern: part(`(\\d{1,3}(?:\\.\\d{1,3}){1,3})(?:${DOT}|、)?${AFTER}`),
  },
  { kind: "arabic", rank: 2, pattern: part(`(${DIGIT}{1,3})${DOT}(?!\\d)|([⒈-⒛])`) },
  { kind: "arabic-comma", rank: 2, pattern: part(`(${DIGIT}{1,3})、(?!\\d)`) },
  { kind: "stem", rank: 2, pattern: part(`([${STEMS}])(?:、|${DOT})(?![${STEMS}])`) },
  { kind: "roman", rank: 2, pattern: part(`([Ⅰ-Ⅻⅰ-ⅻ])(?:、|${DOT}|(?=\\s))`) },
  { kind: "arabic-half", rank: 3, pattern: part(`(${DIGIT}{1,3})${CLOSE}(?!\\d)`) },
  {
    kind: "arabic-round",
    rank: 3,
    pattern: part(`[(\\uff08〔【]\\s*(${DIGIT}{1,3})\\s*[)\\uff09〕】]|([⑴-⒇])`),
  },
  { kind: "circled", rank: 4, pattern: part(`([①-⑳])`) },
  { kind: "letter", rank: 5, pattern: part(`([a-zA-Z])(?:${DOT}|、|${CLOSE})${AFTER}`) },
  {
    kind: "letter-round",
    rank: 5,
    pattern: part(`${OPEN}\\s*([a-zA-Z]|[ivx]{2,5}|[IVX]{2,5})\\s*${CLOSE}`),
  },
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
    const [whole, raw, ...numbers] = pattern.exec(text) ?? [];
    if (whole === undefined || raw === undefined) continue;
    const found = numbers.filter((number) => number !== undefined);
    const segments = found.map((number) => segmentOf(kind, number));
    const segment = segments.includes(null) ? null : segments.join("-");
    return { kind, rank, raw, segment, end: whole.length };
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
  // What an article leads in stands below it; its words are no title.
  if (marker.kind === "article" && /[:\uff1a]\s*$/.test(rest)) return null;
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

const STEM_NUMBERS = new Map(Array.from(STEMS, (stem, index) => [stem, String(index + 1)]));

/** Signs that hold a number (①, ⑴, ㈠, Ⅳ, １) say it plainly in Unicode's compatibility form. */
function segmentOf(kind: MarkerKind, number: string): string | null {
  if (kind === "bullet") return null;
  const plain = number.normalize("NFKC").replace(/^\(|[).]$/g, "");
  if (kind === "stem") return STEM_NUMBERS.get(plain) ?? null;
  if (kind === "roman") return String(romanNumber(plain.toLowerCase()));
  if (/^[\d.]+$/.test(plain)) return plain.split(".").map(Number).join("-");
  if (/^[a-z]+$/i.test(plain)) return plain.toLowerCase();
  return String(chineseNumber(plain));
}

const ROMAN = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

function romanNumber(letters: string): number {
  return Math.max(0, ROMAN.indexOf(letters));
}

const FORMAL = new Map(
  Array.from("壹贰叁肆伍陆柒捌玖拾佰", (sign, index) => [
    sign,
    "一二三四五六七八九十百".charAt(index),
  ]),
);

/** 十二 → 12, 二十 → 20, 一百零五 → 105, 一〇 → 10, 叁拾 → 30. */
function chineseNumber(written: string): number {
  const text = Array.from(written, (sign) => FORMAL.get(sign) ?? sign).join("");
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
