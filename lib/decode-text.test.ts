import { describe, expect, test } from "vitest";

import { decodeText } from "./decode-text";

const TEXT = "uin,名称\n100012345678,星澜科技(北京)有限公司\n";
/** "名称,星澜\n" as a Chinese Windows writes it. */
const GB = Uint8Array.from([0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xd0, 0xc7, 0xc0, 0xbd, 0x0a]);
/** "𠮷" needs four bytes in GB18030, which GBK does not have. */
const GB_FOUR = Uint8Array.from([0x95, 0x34, 0xb2, 0x35, 0x2c, 0xd0, 0xc7]);

const GB_RARE = Buffer.from("b8f6c8cbd0c5cfa28139ee39a1a3", "hex");
const GB_SHORT = Buffer.from("d2bba1a2d7dcd4f2", "hex");
const CHINESE = "一、总则\n第一条 内容。";

const le = (text: string) => new Uint8Array(Buffer.from(text, "utf16le"));
const be = (text: string) => new Uint8Array(Buffer.from(text, "utf16le").swap16());

describe("an encoding is recognised", () => {
  test.each([
    ["UTF-8", new TextEncoder().encode(TEXT), TEXT, "utf-8"],
    ["UTF-8 with a mark", new TextEncoder().encode(`\ufeff${TEXT}`), TEXT, "utf-8"],
    ["UTF-16LE with a mark", le(`\ufeff${TEXT}`), TEXT, "utf-16le"],
    ["UTF-16BE with a mark", be(`\ufeff${TEXT}`), TEXT, "utf-16be"],
    ["UTF-16LE without a mark", le(TEXT), TEXT, "utf-16le"],
    ["UTF-16BE without a mark", be(TEXT), TEXT, "utf-16be"],
    ["GB18030", GB, "名称,星澜\n", "gb18030"],
    ["GB18030 of four bytes", GB_FOUR, "𠮷,星", "gb18030"],
    ["GB18030 with rare characters", GB_RARE, "个人信息\u3400。", "gb18030"],
    ["GB18030 of a few characters", GB_SHORT, "一、总则", "gb18030"],
    ["UTF-16LE of nearly nothing but Chinese", le(CHINESE), CHINESE, "utf-16le"],
    ["UTF-16BE of nearly nothing but Chinese", be(CHINESE), CHINESE, "utf-16be"],
    ["ASCII", new TextEncoder().encode("uin,name\n1,a\n"), "uin,name\n1,a\n", "utf-8"],
    ["nothing", new Uint8Array(), "", "utf-8"],
    ["a stray NUL in a short text", new TextEncoder().encode("甲\0乙"), "甲\0乙", "utf-8"],
    ["a stray NUL", new TextEncoder().encode(`${TEXT}\0`), `${TEXT}\0`, "utf-8"],
  ] as const)("%s", (...[, bytes, text, encoding]) => {
    expect(decodeText(bytes)).toEqual({ text, encoding });
  });
});

describe("what is in no encoding is no text", () => {
  test.each([
    ["the head of a picture", [0x89, 0x50, 0x4e, 0x47, 0xff, 0xff, 0x80, 0x0a]],
    ["a lone surrogate in UTF-16", [0xff, 0xfe, 0x00, 0xd8, 0x2c, 0x00]],
    ["Latin-1", Buffer.from("uin,name\n1,Müller GmbH\n2,Crédit Français\n", "latin1")],
    ["Latin-1 with two accents in a row", Buffer.from("créée, Orléans, réélu", "latin1")],
    ["Windows-1252 quotation marks", Buffer.from("\x93Acme\x94 Ltd", "latin1")],
    ["Cyrillic in Windows-1251", Buffer.from("cceef1eae2e020f0eef1f1e8ff", "hex")],
    ["Big5", Buffer.from("a440a142c160abeb0aadd3a448b8eaaec6", "hex")],
    ["Shift-JIS", Buffer.from("8cc2906c8fee95f182cc8ee688b582a2", "hex")],
    ["half a character after a UTF-8 mark", [0xef, 0xbb, 0xbf, 0xe5, 0x90]],
  ])("%s", (_what, bytes) => {
    expect(decodeText(Uint8Array.from(bytes))).toBeNull();
  });
});
