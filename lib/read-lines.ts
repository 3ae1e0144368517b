import type { Hash } from "node:crypto";

/** A body, or a line of it, that is longer than it may be. */
export class TooLong extends Error {}

type Limits = { bytes: number; lines: number; lineBytes: number; hash?: Hash };

const LINE_FEED = 10;

/**
 * The lines of a body as they arrive, numbered from 1; blank ones are left out. No more than one line
 * and one piece of the body is held. @throws TooLong
 */
export async function* readLines(
  body: AsyncIterable<Uint8Array> | null,
  { bytes, lines, lineBytes, hash }: Limits,
): AsyncGenerator<{ line: number; text: string }> {
  let rest = Buffer.alloc(0);
  let size = 0;
  let line = 0;
  let filled = 0;
  const take = (piece: Buffer) => {
    if (piece.length > lineBytes) throw new TooLong();
    line += 1;
    const text = piece.toString("utf8").trim();
    if (text && (filled += 1) > lines) throw new TooLong();
    return { line, text };
  };
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > bytes) throw new TooLong();
    hash?.update(chunk);
    rest = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = rest.indexOf(LINE_FEED); end >= 0; end = rest.indexOf(LINE_FEED, start)) {
      const one = take(rest.subarray(start, end));
      if (one.text) yield one;
      start = end + 1;
    }
    rest = rest.subarray(start);
    if (rest.length > lineBytes) throw new TooLong();
  }
  const last = take(rest);
  if (last.text) yield last;
}
