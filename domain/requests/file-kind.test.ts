import JSZip from "jszip";
import { describe, expect, test } from "vitest";

import { cleanFileName } from "./keep-file";
import { MOST_FILE_BYTES, recogniseFile } from "./file-kind";

const bytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
const PNG = "\x89PNG\r\n\x1a\n" + "....IHDR............" + "\0\0\0\0IEND\xae\x42\x60\x82";
const JPG = "\xff\xd8\xff\xe0..JFIF.............\xff\xd9";
const PDF = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n";

async function docx(parts: Record<string, string> = {}) {
  const zip = new JSZip();
  const all = { "[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>", ...parts };
  for (const [name, content] of Object.entries(all))
    zip.file(name, content, { createFolders: false });
  return zip.generateAsync({ type: "uint8array", compression: "DEFLATE" });
}

async function archive(names: Record<string, string>) {
  const zip = new JSZip();
  for (const [name, content] of Object.entries(names)) zip.file(name, content);
  return zip.generateAsync({ type: "uint8array" });
}

/** Changes a number of the first entry of an archive's directory; its sizes are only claims. */
function claiming(file: Uint8Array, at: number, value: number): Uint8Array {
  const copy = Buffer.from(file);
  copy.writeUInt32LE(value, copy.indexOf(Buffer.from("PK\x01\x02", "latin1")) + at);
  return new Uint8Array(copy);
}

describe("P25: proof is recognised by its content", () => {
  test("the five kinds are taken", async () => {
    expect(recogniseFile(bytes(PDF))).toEqual({ kind: "pdf" });
    expect(recogniseFile(bytes(PNG))).toEqual({ kind: "png" });
    expect(recogniseFile(bytes(JPG))).toEqual({ kind: "jpg" });
    expect(recogniseFile(await docx())).toEqual({ kind: "docx" });
    expect(recogniseFile(new TextEncoder().encode("授权书\n本人授权…"))).toEqual({ kind: "txt" });
    expect(recogniseFile(new Uint8Array([0xca, 0xda, 0xc8, 0xa8, 0xca, 0xe9]))).toEqual({
      kind: "txt",
    });
  });

  test.each([
    ["a file of nothing", new Uint8Array(), "empty"],
    ["more than 10 MB", new Uint8Array(MOST_FILE_BYTES + 1), "tooLarge"],
    ["a GIF", bytes("GIF89a....."), "kind"],
    ["an old .doc", bytes("\xd0\xcf\x11\xe0........"), "kind"],
    ["a program", bytes("MZ\x90\x00\x03\x00\x00"), "kind"],
    ["text with NUL", bytes("a\0b"), "kind"],
    ["a shell script", bytes("#!/bin/sh\nrm -rf /"), "kind"],
    ["an RTF", bytes("{\\rtf1 hello}"), "kind"],
    ["an SVG", bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), "webPage"],
    ["a web page", bytes("  <!DOCTYPE html><p>"), "webPage"],
    ["a script inside a text", bytes("proof\n<script>alert(1)</script>"), "webPage"],
    ["XML with an entity", bytes('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y "z">]>'), "webPage"],
    ["a PDF header after other bytes", bytes(`hello\n${PDF}`), "polyglot"],
    ["a PDF that begins as a page", bytes(PDF.replace("1 0 obj", "<html >")), "polyglot"],
    [
      "a PDF that a password opens",
      bytes(PDF.replace("trailer", "trailer<</Encrypt 5 0 R>>")),
      "encrypted",
    ],
    [
      "a PDF that says so in its trailer",
      bytes(PDF.replace("trailer", "trailer <</Root 1 0 R /Encrypt\n<< /Filter /Standard >> >>")),
      "encrypted",
    ],
    ["a PDF cut off", bytes("%PDF-1.7\n1 0 obj"), "damaged"],
    ["a PNG with something behind it", bytes(`${PNG}<html >`), "polyglot"],
    ["a PNG cut off", bytes(PNG.slice(0, 20)), "damaged"],
    ["a PNG with a program inside", bytes(PNG.replace("....IHDR", "<?php IHDR")), "polyglot"],
    ["a JPEG that is a PDF too", bytes(`${JPG}${PDF}`), "polyglot"],
    ["a JPEG with a page behind it", bytes(`${JPG}<script >`), "polyglot"],
  ])("%s is refused", (_, file, reason) => {
    expect(recogniseFile(file)).toEqual({ refusal: `requests.errors.file.${reason}` });
  });

  test("a picture that is an archive too is refused", async () => {
    const zip = Buffer.from(await docx());
    const both = new Uint8Array(Buffer.concat([Buffer.from(JPG, "latin1"), zip]));
    expect(recogniseFile(both)).toEqual({ refusal: "requests.errors.file.polyglot" });
  });
});

describe("a Word document is judged before anything of it unfolds", () => {
  test("bombs, by the sizes their directory states", async () => {
    const bomb = await docx({ "word/a.xml": "a".repeat(3_000_000) });
    expect(recogniseFile(bomb)).toEqual({ refusal: "requests.errors.file.bomb" });
    const claimed = claiming(await docx(), 24, 4_000_000_000);
    expect(recogniseFile(claimed)).toEqual({ refusal: "requests.errors.file.bomb" });
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`word/${n}.xml`, ""]));
    expect(recogniseFile(await docx(many))).toEqual({ refusal: "requests.errors.file.bomb" });
  });

  test("paths that leave the archive", async () => {
    for (const name of ["../evil.xml", "/etc/x", "word/../../x", "C:x", "word\\..\\x"])
      expect(recogniseFile(await docx({ [name]: "x" })), name).toEqual({
        refusal: "requests.errors.file.paths",
      });
  });

  test("macros, controls and packed programs", async () => {
    for (const name of ["word/vbaProject.bin", "word/activeX/activeX1.bin", "word/a.exe", "b.zip"])
      expect(recogniseFile(await docx({ [name]: "x" })), name).toEqual({
        refusal: "requests.errors.file.macros",
      });
  });

  test("any other archive, an encrypted one, one cut off", async () => {
    expect(recogniseFile(await archive({ "a.txt": "x" }))).toEqual({
      refusal: "requests.errors.file.kind",
    });
    const encrypted = claiming(await docx(), 8, 1);
    expect(recogniseFile(encrypted)).toEqual({ refusal: "requests.errors.file.encrypted" });
    expect(recogniseFile((await docx()).slice(0, 60))).toEqual({
      refusal: "requests.errors.file.damaged",
    });
  });
});

test.each([
  ["授权书.pdf", "授权书.pdf"],
  ["授权书.pdf.exe", "授权书.pdf"],
  ["report.html.pdf.js", "report.pdf"],
  ["C:\\fakepath\\证明 1.2 版.PDF", "证明 1.2 版.pdf"],
  ["../../etc/passwd", "passwd.pdf"],
  ["exe\u202Efdp.scr", "exefdp.pdf"],
  ["a\u0000b\r\nc\u200B.pdf", "abc.pdf"],
  ["..", "file.pdf"],
  [".pdf", "file.pdf"],
  ["\ud800.pdf", "\ufffd.pdf"],
  ["x".repeat(400), `${"x".repeat(100)}.pdf`],
])("the name %j is kept as %j", (given, kept) => {
  expect(cleanFileName(given, "pdf")).toBe(kept);
});
