import JSZip from "jszip";
import { describe, expect, test } from "vitest";

import { MESSAGES } from "@/messages";
import { Invalid } from "@/domain/errors";

import { IMPORT_WARNINGS, warningOf } from "./import-warnings";
import { type TextSource, importText } from "./import-text";
import { parsePolicyText } from "./parse-text";
import { TEXT_LIMITS } from "./limits";
import { visibleText } from "./visible-text";

const file = (fileName: string, content: Uint8Array | string): TextSource => ({
  fileName,
  bytes: typeof content === "string" ? new TextEncoder().encode(content) : content,
});

async function refusal(source: TextSource): Promise<string> {
  try {
    await importText(source);
  } catch (error) {
    if (error instanceof Invalid) return error.messageKey;
    throw error;
  }
  return "accepted";
}

async function archive(files: Record<string, string>): Promise<Uint8Array> {
  const zip = new JSZip();
  for (const [name, content] of Object.entries(files)) zip.file(name, content);
  return zip.generateAsync({ type: "uint8array", compression: "DEFLATE" });
}

/** The bytes with a number written over those at an offset in the directory's entry of a part. */
function patched(bytes: Uint8Array, part: string, [offset, value]: [number, number]): Uint8Array {
  const copy = Buffer.from(bytes);
  const name = copy.lastIndexOf(Buffer.from(part));
  copy.writeUInt32LE(value, name - 46 + offset);
  return copy;
}

const xml = (body: string) =>
  `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`;
const XML = xml("");

describe("what is brought in", () => {
  test("Markdown is stored as it is, but for line ends and the byte order mark", async () => {
    const imported = await importText(
      file("指引.md", "\ufeff# 标题\r\n\r\n**加黑** \\*\r正文\r\n"),
    );
    expect(imported).toEqual({
      markdown: "# 标题\n\n**加黑** \\*\n正文\n",
      format: "markdown",
      warnings: [],
    });
  });

  test("plain text is escaped, so that it shows exactly its characters", async () => {
    const text = "一、总则\n4G\\\\5G <状态> *必填* a_b_c\n1. 甲";
    const { markdown, format } = await importText(file("a.TXT", text));
    expect(format).toBe("text");
    expect(visibleText(parsePolicyText(markdown))).toBe(text);
  });

  test("pasted text is Markdown where it has its signs, else plain text, and says so", async () => {
    expect(await importText({ pasted: "# 标题\n\n正文" })).toMatchObject({ format: "markdown" });
    expect(await importText({ pasted: "甲\n\n|a|b|\n|-|-|\n|1|2|" })).toMatchObject({
      format: "markdown",
    });
    expect(await importText({ pasted: "一、甲\n* 乙 *" })).toEqual({
      markdown: "一、甲\n\n\\* 乙 \\*\n",
      format: "text",
      warnings: [warningOf("plainText")],
    });
    expect(await importText({ pasted: "甲*乙*", as: "markdown" })).toEqual({
      markdown: "甲*乙*",
      format: "markdown",
      warnings: [],
    });
  });

  test.each([
    ["UTF-8", [0xe5, 0x91, 0x8a]],
    ["UTF-8 with a byte order mark", [0xef, 0xbb, 0xbf, 0xe5, 0x91, 0x8a]],
    ["UTF-16, low byte first", [0xff, 0xfe, 0x4a, 0x54]],
    ["UTF-16, high byte first", [0xfe, 0xff, 0x54, 0x4a]],
    ["GB18030", [0xb8, 0xe6]],
  ])("%s is recognised", async (encoding, bytes) => {
    const { markdown, warnings } = await importText(file("a.txt", new Uint8Array(bytes)));
    expect(markdown).toBe("告\n");
    expect(warnings).toEqual(encoding === "GB18030" ? [warningOf("gb18030")] : []);
  });

  test("a Word document is recognised by its content, whatever its name", async () => {
    const bytes = await archive({
      "word/document.xml": xml("<w:p><w:r><w:t>正文</w:t></w:r></w:p>"),
    });
    expect(await importText(file("指引", bytes))).toMatchObject({
      format: "docx",
      markdown: "正文\n",
    });
  });
});

describe("what is refused, with a sentence of its own", () => {
  const bytes = (...values: number[]) => new Uint8Array(values);
  const sources: [string, TextSource][] = [
    ["empty", file("a.md", "")],
    ["empty", file("a.md", "\ufeff \n\u3000\n")],
    ["empty", { pasted: "\n\n" }],
    ["tooLarge", file("a.txt", new Uint8Array(10 * 1024 * 1024 + 1).fill(0x61))],
    ["wrongType", file("a.html", "文本")],
    ["wrongType", file("a.md", bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a))],
    ["pdf", file("a.docx", "%PDF-1.7 …")],
    ["oldWord", file("a.doc", bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1))],
    [
      "encrypted",
      file(
        "a.docx",
        Buffer.concat([bytes(0xd0, 0xcf, 0x11, 0xe0), Buffer.from("EncryptedPackage", "utf16le")]),
      ),
    ],
    ["webPage", file("a.md", "\n<!DOCTYPE html><p>文本")],
    ["notWord", file("a.docx", "文本")],
    ["docxDamaged", file("a.docx", "PK\u0003\u0004 …")],
    ["controlCharacters", file("a.txt", "甲\u0000乙")],
    ["controlCharacters", { pasted: "甲\n乙\u0000" }],
    ["loneSurrogates", { pasted: "甲\ud800乙" }],
    ["undecodable", file("a.txt", bytes(0xe5, 0x91, 0x8a, 0xe5))],
    ["undecodable", file("a.txt", Buffer.from("Protección de datos según la política", "latin1"))],
    ["undecodable", file("a.txt", bytes(0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00))],
    ["openComment", { pasted: "甲\n<!-- 乙", as: "markdown" }],
    ["lineTooLong", file("a.txt", "甲".repeat(100_001))],
    ["lineTooLong", { pasted: "a".repeat(200 * 1024) }],
    ["tooManyCharacters", { pasted: `${"甲".repeat(99_999)}\n`.repeat(21) }],
    ["tooMany.depth", file("a.md", `${">".repeat(200)} 甲`)],
  ];
  test.each(sources)("%s (%#)", async (key, source) => {
    expect(await refusal(source)).toBe(`policies.errors.import.${key}`);
  });

  test("every refusal and warning has its sentence in both languages", () => {
    const { warnings, tooMany, ...refusals } = MESSAGES.en.policies.errors.import;
    const keys = sources
      .map(([key]) => key)
      .filter((key) => !key.startsWith("tooMany."))
      .concat("docxBomb", "docxTooLong");
    expect(Object.keys(tooMany).toSorted()).toEqual(Object.keys(TEXT_LIMITS).toSorted());
    expect(Object.keys(refusals).toSorted()).toEqual([...new Set(keys)].toSorted());
    for (const { policies } of Object.values(MESSAGES)) {
      expect(Object.keys(policies.errors.import.warnings)).toEqual([...IMPORT_WARNINGS]);
    }
    expect(Object.keys(warnings)).toHaveLength(IMPORT_WARNINGS.length);
  });

  test("says in which line", async () => {
    const refused = importText({ pasted: `甲\n${"乙".repeat(100_001)}` });
    await expect(refused).rejects.toMatchObject({ values: { line: 2, most: 100_000 } });
  });
});

describe("Word documents that are none, or attacks", () => {
  const docx = () => archive({ "word/document.xml": `${XML}${" ".repeat(3_000)}` });

  test("another archive", async () => {
    expect(await refusal(file("a.docx", await archive({ "xl/workbook.xml": "<x/>" })))).toBe(
      "policies.errors.import.notWord",
    );
  });

  test("a part that unpacks to more than 200 MB is refused before it is unpacked", async () => {
    const bomb = patched(await docx(), "word/document.xml", [24, 300 * 1024 * 1024]);
    expect(await refusal(file("a.docx", bomb))).toBe("policies.errors.import.docxBomb");
  });

  test("a part of more than 100 times its packed size", async () => {
    const dense = await archive({
      "word/document.xml": XML,
      "word/media/a.bin": "0".repeat(4_000_000),
    });
    expect(await refusal(file("a.docx", dense))).toBe("policies.errors.import.docxBomb");
  });

  test("more than 1,000 entries", async () => {
    const names = Array.from({ length: 1_000 }, (_, i) => [`word/media/${i}`, ""]);
    const many = await archive({ "word/document.xml": XML, ...Object.fromEntries(names) });
    expect(await refusal(file("a.docx", many))).toBe("policies.errors.import.docxBomb");
  });

  test("a part that is larger than its directory says", async () => {
    const lying = patched(await docx(), "word/document.xml", [24, 100]);
    expect(await refusal(file("a.docx", lying))).toBe("policies.errors.import.docxDamaged");
  });

  test("more XML than is read in a moment", async () => {
    const random = Array.from({ length: 1_200_000 }, (_, i) =>
      ((i * 2654435761) % 2 ** 32).toString(36),
    );
    const long = await archive({ "word/document.xml": random.join(" ") });
    expect(await refusal(file("a.docx", long))).toBe("policies.errors.import.docxTooLong");
  });

  test("an encrypted part", async () => {
    const encrypted = patched(await docx(), "word/document.xml", [8, 0x0008_0001]);
    expect(await refusal(file("a.docx", encrypted))).toBe("policies.errors.import.encrypted");
  });

  test("a file that was cut off, or whose XML is broken, has entities or no end to its nesting", async () => {
    const whole = await docx();
    expect(await refusal(file("a.docx", whole.slice(0, -30)))).toBe(
      "policies.errors.import.docxDamaged",
    );
    const nested = `${'<w:p xmlns:w="x">'.repeat(20_000)}${"</w:p>".repeat(20_000)}`;
    for (const part of ["<w:p", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', nested]) {
      const broken = await archive({ "word/document.xml": part });
      expect(await refusal(file("a.docx", broken))).toBe("policies.errors.import.docxDamaged");
    }
  });

  test("a document without words", async () => {
    expect(await refusal(file("a.docx", await docx()))).toBe("policies.errors.import.empty");
  });
});
