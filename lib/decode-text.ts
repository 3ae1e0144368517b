export const TEXT_ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "gb18030"] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

const MARKS: readonly [readonly number[], TextEncoding][] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

/**
 * Reads the bytes of a text file whose encoding nobody states: by its byte order mark, else as the
 * first of UTF-8, UTF-16 and GB18030 (what a Chinese Windows writes) in which every byte makes sense.
 * A byte order mark is not part of the text. Null where none fits, as for a picture.
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
  const wide = looksWide(bytes);
  return wide ? [wide] : ["utf-8", "gb18030"];
}

/**
 * UTF-16 without a mark: the line ends and the Latin signs of a file have a zero byte, always in the
 * same half of the pair. UTF-8 and GB18030 have none, but for a stray NUL.
 */
function looksWide(bytes: Uint8Array): TextEncoding | null {
  const sample = bytes.subarray(0, 4096);
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const enough = sample.length / 20;
  if (odd > enough && even < odd / 10) return "utf-16le";
  if (even > enough && odd < even / 10) return "utf-16be";
  return null;
}

function decode(bytes: Uint8Array, encoding: TextEncoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
