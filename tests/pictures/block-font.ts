/** Units of an em. */
const EM = 1000;
/** Glyphs: what every letter, every Chinese character, and every space of either width looks like. */
const NARROW = 1;
const WIDE = 2;
const NARROW_SPACE = 3;
const WIDE_SPACE = 4;
const ADVANCES = [EM, EM / 2, EM, EM / 4, EM];
const ASCENT = 880;
const DESCENT = 240;

/**
 * A TrueType font in which every character of the Basic Multilingual Plane is a block, half an em
 * wide or a whole one where it is Chinese, so that a page looks alike whatever fonts a machine has.
 * @param height of the blocks, by which a bold face differs from a regular one
 */
function blockFont(height: number): Buffer {
  const glyphs = ADVANCES.map((advance, glyph) =>
    glyph < NARROW_SPACE ? block(advance - 80, height) : Buffer.alloc(0),
  );
  const ends = glyphs.map((_, at) => Buffer.concat(glyphs.slice(0, at + 1)).length / 2);
  return file({
    "OS/2": Buffer.concat([
      shorts(4, EM / 2, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 300, 0),
      Buffer.alloc(10),
      shorts(0, 1, 0, 0, 0, 0, 0, 0),
      Buffer.from("TEST"),
      shorts(0x40, 0x20, 0xffff, ASCENT, -DESCENT, 0, ASCENT, DESCENT, 0, 1, 0, 0),
      shorts(height, height, 0, 0x20, 2),
    ]),
    cmap: characters(),
    glyf: Buffer.concat(glyphs),
    head: Buffer.concat([
      longs(0x00010000, 0x00010000, 0, 0x5f0f3cf5),
      shorts(0, EM),
      Buffer.alloc(16),
      shorts(0, 0, EM, height, 0, 8, 2, 0, 0),
    ]),
    hhea: shorts(1, 0, ASCENT, -DESCENT, 0, EM, 0, 0, EM, 1, 0, 0, 0, 0, 0, 0, 0, ADVANCES.length),
    hmtx: shorts(...ADVANCES.flatMap((advance) => [advance, 0])),
    loca: shorts(0, ...ends),
    maxp: shorts(1, 0, ADVANCES.length, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
    name: shorts(0, 0, 6),
    post: Buffer.concat([longs(0x00030000, 0), shorts(-100, 50), Buffer.alloc(20)]),
  });
}

const shorts = (...values: number[]) => {
  const buffer = Buffer.alloc(values.length * 2);
  values.forEach((value, at) => buffer.writeUInt16BE(value & 0xffff, at * 2));
  return buffer;
};

const longs = (...values: number[]) => {
  const buffer = Buffer.alloc(values.length * 4);
  values.forEach((value, at) => buffer.writeUInt32BE(value >>> 0, at * 4));
  return buffer;
};

/** A rectangle that stands on the baseline. */
const block = (width: number, height: number) =>
  Buffer.concat([
    shorts(1, 0, 0, width, height, 3, 0),
    Buffer.from([1, 1, 1, 1]),
    shorts(0, 0, width, 0, 0, height, 0, -height),
  ]);

/** Format 4, a segment for each 256 characters; those of one kind share a list of glyphs. */
function characters(): Buffer {
  const row = (glyph: number, spaces: Record<number, number> = {}) =>
    Array.from({ length: 256 }, (_, low) => spaces[low] ?? glyph);
  const rows = [
    row(NARROW),
    row(WIDE),
    row(NARROW, { 0x20: NARROW_SPACE, 0xa0: NARROW_SPACE }),
    row(WIDE, { 0: WIDE_SPACE }),
  ];
  const rowOf = (high: number) => {
    if (high === 0) return 2;
    if (high === 0x30) return 3;
    return (high >= 0x2e && high < 0xd8) || high >= 0xf9 ? 1 : 0;
  };
  const segments = Array.from({ length: 257 }, (_, at) => at);
  const starts = segments.map((at) => (at < 256 ? at * 256 : 0xffff));
  const lasts = segments.map((at) => (at < 255 ? at * 256 + 255 : at === 255 ? 0xfffe : 0xffff));
  const offsets = segments.map((at) =>
    at < 256 ? (segments.length - at + 256 * rowOf(at)) * 2 : 0,
  );
  const body = Buffer.concat([
    shorts(segments.length * 2, 512, 8, 2, ...lasts, 0, ...starts),
    shorts(...segments.map((at) => (at < 256 ? 0 : 1)), ...offsets, ...rows.flat()),
  ]);
  return Buffer.concat([shorts(0, 1, 3, 1), longs(12), shorts(4, body.length + 6, 0), body]);
}

function file(tables: Record<string, Buffer>): Buffer {
  const entries = Object.entries(tables);
  let offset = 12 + entries.length * 16;
  const parts: Buffer[] = [];
  const directory = entries.map(([tag, table]) => {
    const padded = Buffer.concat([table, Buffer.alloc((4 - (table.length % 4)) % 4)]);
    const entry = Buffer.concat([Buffer.from(tag), longs(sum(padded), offset, table.length)]);
    offset += padded.length;
    parts.push(padded);
    return entry;
  });
  const count = entries.length;
  const power = 2 ** Math.floor(Math.log2(count));
  return Buffer.concat([
    longs(0x00010000),
    shorts(count, power * 16, Math.log2(power), (count - power) * 16),
    ...directory,
    ...parts,
  ]);
}

function sum(table: Buffer): number {
  let total = 0;
  for (let at = 0; at < table.length; at += 4) total = (total + table.readUInt32BE(at)) >>> 0;
  return total;
}

const face = (weight: string, height: number) => `@font-face {
  font-family: Blocks; font-weight: ${weight};
  src: url(data:font/ttf;base64,${blockFont(height).toString("base64")});
}`;

/** Style that puts blocks in place of all letters; bold ones are taller. */
export const BLOCKS = `${face("100 599", 600)} ${face("600 900", 720)}
*, ::before, ::after, ::placeholder { font-family: Blocks !important }`;
