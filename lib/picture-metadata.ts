/**
 * A picture without what it says of its maker: where it was taken, when, by which camera, with which words
 * and previews. How it looks stays: colours (ICC), and which way up it stands.
 * @returns null where it is no whole picture of its kind
 */
export function withoutMetadata(kind: "jpg" | "png", bytes: Uint8Array): Buffer | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return kind === "jpg" ? cleanJpeg(file) : cleanPng(file);
}

/** A picture has some hundred parts; one of millions of empty ones would keep everybody waiting. */
const MOST_PARTS = 20_000;
const NOTHING = Buffer.alloc(0);
const START = Buffer.from([0xff, 0xd8]);
const EOI = 0xd9;
const SOS = 0xda;
const EXIF = Buffer.from("Exif\0\0", "latin1");
const ICC = Buffer.from("ICC_PROFILE\0", "latin1");

/**
 * Segments of ITU-T T.81, annex B. JFIF (APP0), Adobe's colour transform (APP14) and ICC (APP2) stay, every
 * other APPn and comment goes, and so does whatever follows the picture's end.
 */
function cleanJpeg(file: Buffer): Buffer | null {
  if (!startsWith(file, START)) return null;
  const kept: Buffer[] = [];
  let orientation = 1;
  for (let at = START.length, part = 0; ; part += 1) {
    const segment = part < MOST_PARTS ? segmentAt(file, at) : null;
    if (!segment) return null;
    const { marker, body, whole, end } = segment;
    if (marker === EOI) break;
    if (marker === 0xe1 && startsWith(body, EXIF))
      orientation = orientationIn(body.subarray(EXIF.length));
    if (isOfLooks(marker, body)) kept.push(whole);
    at = end;
  }
  const standing = orientation === 1 ? [] : [orientationSegment(orientation)];
  return Buffer.concat([START, ...standing, ...kept, Buffer.from([0xff, EOI])]);
}

type Segment = { marker: number; body: Buffer; whole: Buffer; end: number };

/** The next segment, a scan with its coded data; null where there is none. */
function segmentAt(file: Buffer, from: number): Segment | null {
  const at = markerAt(file, from);
  if (at === null) return null;
  const marker = file.readUInt8(at + 1);
  if (marker === EOI) return { marker, body: NOTHING, whole: NOTHING, end: at + 2 };
  if (at + 4 > file.length) return null;
  const bodyEnd = at + 2 + file.readUInt16BE(at + 2);
  if (bodyEnd < at + 4 || bodyEnd > file.length) return null;
  const end = marker === SOS ? endOfScan(file, bodyEnd) : bodyEnd;
  if (end === null) return null;
  return { marker, body: file.subarray(at + 4, bodyEnd), whole: file.subarray(at, end), end };
}

/** Where a marker stands; any number of fill bytes may be before it. */
function markerAt(file: Buffer, from: number): number | null {
  let at = from;
  while (file[at] === 0xff && file[at + 1] === 0xff) at += 1;
  return file[at] === 0xff && file[at + 1] ? at : null;
}

const startsWith = (body: Buffer, start: Buffer): boolean =>
  body.subarray(0, start.length).equals(start);

function isOfLooks(marker: number, body: Buffer): boolean {
  if (marker === 0xe2) return startsWith(body, ICC);
  const isApp = marker >= 0xe0 && marker <= 0xef;
  return marker !== 0xfe && (!isApp || marker === 0xe0 || marker === 0xee);
}

/** Where the coded data after a scan's header ends: at the first marker that is neither stuffed nor a restart. */
function endOfScan(file: Buffer, from: number): number | null {
  for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 1)) {
    const next = file[at + 1];
    if (next === undefined) return null;
    const isData = next === 0 || next === 0xff || (next >= 0xd0 && next <= 0xd7);
    if (!isData) return at;
  }
  return null;
}

const ORIENTATION = 0x0112;

/** Of a TIFF block (Exif 2.3, 4.6.4): 1 where it says nothing, or nothing sensible. */
function orientationIn(tiff: Buffer): number {
  const isLittle = tiff.toString("latin1", 0, 2) === "II";
  const short = (at: number) =>
    at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const long = (at: number) =>
    at + 4 > tiff.length ? 0 : isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at);
  const directory = long(4);
  for (let n = 0; n < short(directory); n += 1) {
    const entry = directory + 2 + n * 12;
    if (short(entry) !== ORIENTATION) continue;
    const value = short(entry + 8);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** An Exif segment that says which way up the picture stands, and nothing else. */
function orientationSegment(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write("MM", 0, "latin1");
  tiff.writeUInt16BE(42, 2);
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(ORIENTATION, 10);
  // One value of two bytes, which stands in the entry itself; no directory follows.
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(2 + EXIF.length + tiff.length);
  return Buffer.concat([Buffer.from([0xff, 0xe1]), length, EXIF, tiff]);
}

const PNG = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
/** Chunks without which it is no picture have a capital first; of the others these say how it looks. */
const OF_LOOKS = new Set([
  ...["tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "bKGD", "hIST", "pHYs", "sPLT"],
  ...["acTL", "fcTL", "fdAT"],
]);

/** Chunks of the PNG specification, 5.3: length, name, data, check sum. */
function cleanPng(file: Buffer): Buffer | null {
  if (!startsWith(file, PNG)) return null;
  const kept: Buffer[] = [PNG];
  for (let at = PNG.length, part = 0; part < MOST_PARTS && at + 12 <= file.length; part += 1) {
    const end = at + 12 + file.readUInt32BE(at);
    if (end > file.length) return null;
    const name = file.toString("latin1", at + 4, at + 8);
    if (/^[A-Z]/.test(name) || OF_LOOKS.has(name)) kept.push(file.subarray(at, end));
    if (name === "IEND") return Buffer.concat(kept);
    at = end;
  }
  return null;
}
