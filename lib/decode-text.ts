export const TEXT_ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "gb18030"] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

const MARKS: readonly [readonly number[], TextEncoding][] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

/**
 * Reads the bytes of a text file whose encoding nobody states: by its byte order mark, else as the
 * first of UTF-16, UTF-8 and GB18030 (what a Chinese Windows writes) that makes sense of them. A byte
 * order mark is not part of the text. Null for all else: a picture, and Latin-1, Big5 or Shift-JIS,
 * which GB18030 would turn into Chinese that nobody wrote.
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: TextEncoding } | null {
  for (const encoding of candidates(bytes)) {
    const text = decode(bytes, encoding);
    if (text !== null) return { text, encoding };
  }
  return null;
}

function candidates(bytes: Uint8Array): readonly TextEncoding[] {
  const marked = MARKS.find(([mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (marked) return [marked[1]];
  const isUtf8 = decode(bytes, "utf-8") !== null;
  const wide = wideByZeros(bytes, isUtf8 ? 4 : 20);
  if (wide) return [wide];
  if (isUtf8) return ["utf-8"];
  return isLikelyGb18030(bytes) ? ["gb18030"] : wideByWords(bytes);
}

/**
 * UTF-16 without a mark: the line ends and the Latin signs of a file have a zero byte, always in the
 * same half of the pair. UTF-8 and GB18030 have none, but for a stray NUL: one byte in `share` tells.
 */
function wideByZeros(bytes: Uint8Array, share: number): TextEncoding | null {
  const sample = bytes.subarray(0, 4096);
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const enough = sample.length / share;
  if (odd > enough && even < odd / 10) return "utf-16le";
  if (even > enough && odd < even / 10) return "utf-16be";
  return null;
}

/** The signs of a Chinese text: ASCII, general and Chinese punctuation, ideographs, full-width forms. */
const CHINESE_TEXT =
  /^[\t\n\r\u0020-\u007e\u00b7\u2010-\u203b\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]$/;

/** UTF-16 without a mark and nearly without Latin signs, as long as nothing in it looks odd. */
function wideByWords(bytes: Uint8Array): TextEncoding[] {
  if (!bytes.includes(0)) return [];
  return (["utf-16le", "utf-16be"] as const).filter((encoding) => {
    const signs = decode(bytes.subarray(0, 4096), encoding)?.split("") ?? [];
    const odd = signs.filter((sign) => !CHINESE_TEXT.test(sign)).length;
    return signs.length > 0 && odd <= signs.length / 20;
  });
}

/** How much of a text must be what Chinese is made of before GB18030 is believed. */
const LEAST = { inOldRange: 0.8, everyday: 0.5 };

/**
 * GB18030 reads nearly any bytes as characters. In real Chinese nearly all pairs lie in the old GB2312
 * range (both bytes from 0xA1), most of them punctuation and everyday characters (rows A1 to A9, B0 to
 * D7). In Latin-1 an accented letter stands before an ASCII one, in Big5 and Shift-JIS every other
 * second byte is below 0xA1, and the small letters of Cyrillic are rare characters.
 */
function isLikelyGb18030(bytes: Uint8Array): boolean {
  let pairs = 0;
  let inOldRange = 0;
  let everyday = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const first = byteAt(bytes, at);
    if (first < 0x81) continue;
    const second = byteAt(bytes, at + 1);
    // A digit in second place begins a character of four bytes, which no other encoding has.
    const isFour = isBetween(second, 0x30, 0x39) && byteAt(bytes, at + 2) >= 0x81;
    pairs += 1;
    inOldRange += Number(isFour || Math.min(first, second) >= 0xa1);
    everyday += Number(isFour || isBetween(first, 0xa1, 0xa9) || isBetween(first, 0xb0, 0xd7));
    at += isFour ? 3 : 1;
  }
  return inOldRange >= pairs * LEAST.inOldRange && everyday > pairs * LEAST.everyday;
}

const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;
const isBetween = (byte: number, from: number, to: number): boolean => byte >= from && byte <= to;

function decode(bytes: Uint8Array, encoding: TextEncoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
