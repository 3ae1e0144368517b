import { crc32, deflateSync, inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";

import { withoutMetadata } from "./picture-metadata";

const PLACE = "31.2304N 121.4737E";
const latin = (text: string) => Buffer.from(text, "latin1");

/** A segment of a JPEG, with its length. */
function segment(marker: number, body: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length + 2);
  return Buffer.concat([Buffer.from([0xff, marker]), length, body]);
}

/** Exif as a camera writes it: which way up, then where. */
function exif(orientation: number, order: "II" | "MM" = "II"): Buffer {
  const tiff = Buffer.alloc(38);
  tiff.write(order, 0, "latin1");
  const isLittle = order === "II";
  const short = (value: number, at: number) =>
    isLittle ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    isLittle ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  short(42, 2);
  long(8, 4);
  short(2, 8);
  for (const [at, tag, value] of [
    [10, 0x010f, 7],
    [22, 0x0112, orientation],
  ] as const) {
    short(tag, at);
    short(3, at + 2);
    long(1, at + 4);
    short(value, at + 8);
  }
  return segment(0xe1, Buffer.concat([latin("Exif\0\0"), tiff, latin(PLACE)]));
}

const SOI = Buffer.from([0xff, 0xd8]);
const EOI = Buffer.from([0xff, 0xd9]);
const JFIF = segment(0xe0, latin("JFIF\0\x01\x02"));
const ADOBE = segment(0xee, latin("Adobe\0d"));
const PROFILE = segment(0xe2, latin("ICC_PROFILE\0\x01\x01colours"));
const TABLES = segment(0xdb, latin("tables"));
/** Coded data with a stuffed byte, a restart, and a second scan as progressive pictures have. */
const SCANS = Buffer.concat([
  segment(0xda, latin("scan one")),
  Buffer.from([1, 0xff, 0, 2, 0xff, 0xd3, 3]),
  segment(0xc4, latin("codes")),
  segment(0xda, latin("scan two")),
  Buffer.from([4, 0xff, 0, 5]),
]);
const jpeg = (...parts: Buffer[]) => Buffer.concat([SOI, ...parts]);

describe("a JPEG", () => {
  test("keeps how it looks to the byte, and tells nothing of where it was taken", () => {
    const preview = jpeg(exif(1), TABLES, SCANS, EOI);
    const photo = jpeg(
      JFIF,
      exif(1),
      segment(0xe1, latin(`http://ns.adobe.com/xap/1.0/\0${PLACE}`)),
      PROFILE,
      segment(0xe2, latin(`MPF\0${PLACE}`)),
      segment(0xed, latin(`Photoshop 3.0\0${PLACE}`)),
      segment(0xfe, latin(PLACE)),
      ADOBE,
      TABLES,
      SCANS,
      EOI,
      preview,
    );
    const clean = withoutMetadata("jpg", photo);
    expect(clean).toEqual(jpeg(JFIF, PROFILE, ADOBE, TABLES, SCANS, EOI));
    expect(withoutMetadata("jpg", clean!)).toEqual(clean);
  });

  test.each(["II", "MM"] as const)("stays the way up it stood (%s)", (order) => {
    const clean = withoutMetadata("jpg", jpeg(exif(6, order), TABLES, SCANS, EOI))!;
    expect(clean.includes(PLACE)).toBe(false);
    const tiff = clean.subarray(clean.indexOf("Exif\0\0") + 6);
    expect([tiff.toString("latin1", 0, 2), tiff.readUInt16BE(8)]).toEqual(["MM", 1]);
    expect([tiff.readUInt16BE(10), tiff.readUInt16BE(18)]).toEqual([0x0112, 6]);
    expect(withoutMetadata("jpg", clean)).toEqual(clean);
  });

  test("that breaks off, or is none, is not kept", () => {
    const whole = jpeg(JFIF, TABLES, SCANS, EOI);
    for (let length = 0; length < whole.length; length += 1)
      expect(withoutMetadata("jpg", whole.subarray(0, length))).toBeNull();
    expect(withoutMetadata("jpg", latin("\xff\xd8\xff\xe0\0\0\xff\xd9"))).toBeNull();
  });
});

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([latin(name), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

describe("a PNG", () => {
  const header = chunk("IHDR", Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]));
  const pixels = chunk("IDAT", deflateSync(Buffer.from([0, 200])));
  const png = (...chunks: Buffer[]) =>
    Buffer.concat([latin("\x89PNG\r\n\x1a\n"), header, ...chunks, chunk("IEND", Buffer.alloc(0))]);

  test("keeps its pixels and colours, and no text, time, place or unknown chunk", () => {
    const gamma = chunk("gAMA", Buffer.from([0, 0, 177, 143]));
    const said = ["tEXt", "zTXt", "iTXt", "eXIf", "tIME", "prVt"].map((name) =>
      chunk(name, latin(PLACE)),
    );
    const clean = withoutMetadata("png", png(gamma, ...said.slice(0, 3), pixels, ...said.slice(3)));
    expect(clean).toEqual(png(gamma, pixels));
    const data = clean!.subarray(clean!.indexOf("IDAT") + 4, clean!.indexOf("IEND") - 8);
    expect([...inflateSync(data)]).toEqual([0, 200]);
  });

  test("that breaks off is not kept", () => {
    const whole = png(pixels);
    for (let length = 0; length < whole.length; length += 1)
      expect(withoutMetadata("png", whole.subarray(0, length))).toBeNull();
  });
});

test("a picture of more parts than any has is none: millions of them would keep everybody waiting", () => {
  const chunk = (name: string) => Buffer.concat([Buffer.alloc(4), latin(name), Buffer.alloc(4)]);
  const png = (parts: Buffer[]) =>
    Buffer.concat([latin("\x89PNG\r\n\x1a\n"), ...parts, chunk("IEND")]);
  const many = <Part>(part: Part, count: number) => Array.from({ length: count }, () => part);
  for (const marker of [0xdb, 0xe1]) {
    const parts = (count: number) => jpeg(...many(segment(marker, latin("")), count), EOI);
    expect(withoutMetadata("jpg", parts(10_000))).not.toBeNull();
    expect(withoutMetadata("jpg", parts(30_000))).toBeNull();
  }
  for (const name of ["IDAT", "tEXt"]) {
    expect(withoutMetadata("png", png(many(chunk(name), 10_000)))).not.toBeNull();
    expect(withoutMetadata("png", png(many(chunk(name), 30_000)))).toBeNull();
  }
});
