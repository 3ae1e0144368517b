import { Invalid } from "../errors";

export type Decoded = { text: string; encoding: "utf-8" | "utf-16le" | "utf-16be" | "gb18030" };

/**
 * The text of a file: UTF-8 or UTF-16 by its byte order mark, else UTF-8, else GB18030, which older
 * Chinese programs write. The byte order mark is left out.
 *
 * @throws Invalid policies.errors.import.undecodable
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const encoding = markedEncoding(bytes) ?? "utf-8";
  const text = decode(bytes, encoding);
  if (text !== null) return { text, encoding };
  const chinese = encoding === "utf-8" && looksLikeGb18030(bytes) ? decode(bytes, "gb18030") : null;
  if (chinese === null) throw new Invalid("policies.errors.import.undecodable");
  return { text: chinese, encoding: "gb18030" };
}

function markedEncoding([first, second]: Uint8Array): Decoded["encoding"] | null {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : null;
}

function decode(bytes: Uint8Array, encoding: Decoded["encoding"]): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/**
 * GB18030 reads nearly any bytes as characters. In real Chinese nearly all pairs lie in the old GB2312
 * range (both bytes from 0xA1); in Western texts an accented letter stands before an ASCII one.
 */
function looksLikeGb18030(bytes: Uint8Array): boolean {
  let pairs = 0;
  let common = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const [first = 0, second = 0] = bytes.subarray(at, at + 2);
    if (first < 0x81) continue;
    pairs += 1;
    if (Math.min(first, second) >= 0xa1) common += 1;
    at += isDigit(second) ? 3 : 1;
  }
  return pairs > 0 && common / pairs >= 0.8;
}

/** A digit in second place begins a character of four bytes. */
function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
