import { describe, expect, test } from "vitest";

import { readCsv } from "./read-csv";

const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readCsv(utf8(text));
/** "uin,名称\n100012345678,星澜科技\n" as a Chinese Windows writes it. */
const GB18030 = Buffer.from(
  "75696e2cc3fbb3c60a3130303031323334353637382cd0c7c0bdbfc6bcbc0a",
  "hex",
);

describe("the three files are told by their header", () => {
  test.each([
    ["accounts", "uin,name\n100012345678,星澜科技\n"],
    ["accounts", "账号 UIN,公司名称\n100012345678,星澜科技\n"],
    [
      "apps",
      "sdkappid,uin,name,product,api_only,platforms\n1400000001,100012345678,轻语,im,no,android:8.1.0\n",
    ],
    [
      "apps",
      "应用名称\tSDKAppID（必填）\t账号\t产品\t平台与版本\n轻语\t1400000001\t100012345678\tim\tandroid:8.1.0\n",
    ],
    ["members", "uin,email,name,role,locale\n100012345678,a@b.example,林悦,owner,zh-CN\n"],
    ["members", "姓名;邮箱;角色;账号;语言\n林悦;a@b.example;所有者;100012345678;中文\n"],
  ])("%s", (kind, text) => {
    const file = read(text);

    expect(file).toMatchObject({ kind, problems: [], ignored: [] });
    expect(file.rows).toMatchObject([{ line: 2, uin: "100012345678" }]);
  });
});

test("a members row is read to the product's own words", () => {
  const { rows } = read(
    "uin,email,name,role,locale\n１００012345678, Lin.Yue＠Xinglan.example ,林悦,只读成员,English\n",
  );

  expect(rows).toEqual([
    {
      line: 2,
      uin: "100012345678",
      email: "lin.yue@xinglan.example",
      name: "林悦",
      role: "viewer",
      locale: "en",
    },
  ]);
});

test("platforms are read by name or word, in the order of the vocabulary", () => {
  const { rows, problems } = read(
    "sdkappid,uin,name,product,api_only,platforms\n" +
      "1400000001,100012345678,轻语,im,,小程序：3.4.2；iOS 8.0.2; android=8.1.0\n" +
      "1400000002,100012345678,网关,im,是,\n",
  );

  expect(problems).toEqual([]);
  expect(rows).toMatchObject([
    {
      apiOnly: false,
      platforms: [
        { platform: "android", sdkVersion: "8.1.0" },
        { platform: "ios", sdkVersion: "8.0.2" },
        { platform: "miniprogram", sdkVersion: "3.4.2" },
      ],
    },
    { apiOnly: true, platforms: [] },
  ]);
});

describe("an encoding is recognised", () => {
  const text = "uin,名称\r\n100012345678,星澜科技\r\n";
  test.each([
    ["utf-8", utf8(text)],
    ["utf-8", utf8(`\ufeff${text}`)],
    ["utf-16le", new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"))],
    ["utf-16be", new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le").swap16())],
    ["gb18030", new Uint8Array(GB18030)],
  ])("%s", (encoding, bytes) => {
    expect(readCsv(bytes)).toMatchObject({
      kind: "accounts",
      encoding,
      rows: [{ line: 2, uin: "100012345678", name: "星澜科技" }],
    });
  });
});

describe("what is no such file is refused whole", () => {
  const tooLong = `uin,name\n${"100012345678,a\n".repeat(100_001)}`;
  test.each([
    ["lists.errors.file.empty", new Uint8Array()],
    ["lists.errors.file.empty", utf8("\ufeff \r\n\r\n")],
    ["lists.errors.file.tooLarge", new Uint8Array(10 * 1024 * 1024 + 1).fill(0x61)],
    ["lists.errors.file.workbook", Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0x14])],
    ["lists.errors.file.workbook", Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1])],
    ["lists.errors.file.workbook", utf8("<html><table><tr><td>uin</td></tr></table></html>")],
    ["lists.errors.file.binary", Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
    ["lists.errors.file.binary", utf8("%PDF-1.7\n%%EOF")],
    ["lists.errors.file.encoding", Buffer.from("uin,name\n100012345678,Müller GmbH\n", "latin1")],
    ["accounts.errors.fileHeader", utf8("foo,bar\n1,2\n")],
    ["accounts.errors.fileHeader", utf8("x".repeat(1_000_000))],
    ["accounts.errors.fileNoRows", utf8("uin,name\n")],
    ["accounts.errors.fileNoRows", utf8("uin,name\n,\n,\n")],
    ["accounts.errors.fileTooLong", utf8(tooLong)],
    ["accounts.errors.csv.quotes", utf8('uin,"name\n100012345678,a\n')],
  ])("%s", (key, bytes) => {
    expect(() => readCsv(bytes)).toThrow(
      expect.objectContaining({ code: "invalid", fields: { file: [key] } }),
    );
  });
});

describe("what is wrong is told by line and column", () => {
  const members = (...rows: string[]) => `uin,email,name,role,locale\n${rows.join("\n")}\n`;
  const apps = (...rows: string[]) =>
    `sdkappid,uin,name,product,api_only,platforms\n${rows.join("\n")}\n`;
  const good = "100012345678,a@b.example,林悦,owner,";
  test.each([
    ["a missing column", "uin,email,name\n1,a@b.example,甲\n", 1, "role", "csv.missingColumn"],
    ["a column twice", "uin,名称,name\n100012345678,a,b\n", 1, "name", "csv.repeatedColumn"],
    ["a UIN twice", "uin,name\n100012,甲\n\n100012,乙\n", 4, null, "csv.repeatedRow"],
    ["a member twice", members(good, good), 3, null, "csv.repeatedRow"],
    ["a bad UIN", members("abc,a@b.example,甲,owner,"), 2, "uin", "uin"],
    ["a UIN lost in a spreadsheet", "uin,name\n1.00E+11,甲\n", 2, "uin", "csv.scientific"],
    ["a bad role", members("100012,a@b.example,甲,boss,"), 2, "role", "csv.role"],
    ["a bad language", members("100012,a@b.example,甲,owner,fr"), 2, "locale", "csv.locale"],
    ["a bad SDKAppID", apps("14000,100012,甲,im,,web:1.0"), 2, "sdkAppId", "sdkAppId"],
    ["a bad platform", apps("1400000001,100012,甲,im,,tv:1.0"), 2, "platforms", "csv.platforms"],
    [
      "a platform twice",
      apps("1400000001,100012,甲,im,,ios:1;ios:2"),
      2,
      "platforms",
      "csv.platforms",
    ],
    ["no platform", apps("1400000001,100012,甲,im,,"), 2, "platforms", "noPlatform"],
    [
      "platform and API only",
      apps("1400000001,100012,甲,im,y,ios:1"),
      2,
      "platforms",
      "apiOnlyWithPlatforms",
    ],
    ["neither yes nor no", apps("1400000001,100012,甲,im,maybe,"), 2, "apiOnly", "csv.yesNo"],
    ["too many cells", "uin,name\n100012,甲,乙\n", 2, null, "csv.tooManyCells"],
    ["a stray quote", 'uin,name\n100012,甲\n100013,"乙"丙\n', 3, null, "csv.quotes"],
    ["a quote that is never closed", 'uin,name\n100012,"甲\n100013,乙\n', 2, null, "csv.quotes"],
  ])("%s", (...[, text, line, column, key]) => {
    expect(read(text).problems).toMatchObject([
      { line, column, messageKey: `accounts.errors.${key}` },
    ]);
  });

  test.each([
    ["an empty cell", members("100012,a@b.example,,owner,"), "name", "required"],
    ["a short row", members("100012,a@b.example,甲"), "role", "required"],
    ["an address with quotes", members('100012,"""a""@b.example",甲,owner,'), "email", "email"],
    ["two addresses", members('100012,"a@b.example,c@d.example",甲,owner,'), "email", "email"],
    ["NUL", members("100012,a@b.example,甲\0乙,owner,"), "name", "unstorable"],
    ["a line end in a cell", members('100012,a@b.example,"甲\n乙",owner,'), "name", "oneLine"],
    [
      "1 MB in a cell",
      members(`100012,a@b.example,${"长".repeat(350_000)},owner,`),
      "name",
      "tooLong",
    ],
  ])("%s", (...[, text, column, key]) => {
    expect(read(text).problems).toMatchObject([
      { line: 2, column, messageKey: `errors.field.${key}` },
    ]);
  });

  test("everything is told at once, in the order of the lines", () => {
    const { problems } = read(members("x,a@b.example,甲,boss,", "100012,@,,owner,"));

    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [2, "uin"],
      [2, "role"],
      [3, "email"],
      [3, "name"],
    ]);
  });

  test("a person has one name", () => {
    const { problems } = read(
      members("100012,a@b.example,林悦,owner,", "100013,A@b.example,林月,owner,"),
    );

    expect(problems).toMatchObject([
      { line: 3, column: "name", values: { line: 2, name: "林悦" }, found: "林月" },
    ]);
  });

  test("what is shown of a cell is one short line", () => {
    const { problems } = read(members(`"${"x\u0007".repeat(60)}",a@b.example,甲,owner,`));

    expect(problems[0]?.found).toBe(`${"x[U+0007]".repeat(30)}…`);
  });
});

test("columns that mean nothing are named, not read", () => {
  expect(read("uin,name,备注\n100012,甲,随便\n")).toMatchObject({
    ignored: ["备注"],
    problems: [],
    rows: [{ uin: "100012", name: "甲" }],
  });
});

test("blank lines count, and mixed line ends are line ends", () => {
  const { rows } = read("uin,name\r\n100012,甲\n\r\n100013,乙\r\n,\n100014,丙");

  expect(rows.map(({ line }) => line)).toEqual([2, 4, 6]);
});

test("a region is read by code or name; a blank one is left open, another one named by line", () => {
  const { rows, problems } = read(
    "sdkappid,uin,name,product,地域,api_only,platforms\n" +
      "1400000001,100012345678,甲,im,SG,yes,\n" +
      "1400000002,100012345678,乙,im,新加坡,yes,\n" +
      "1400000003,100012345678,丙,im,,yes,\n" +
      "1400000004,100012345678,丁,im,火星,yes,\n",
  );

  expect(rows).toMatchObject([{ region: "sg" }, { region: "sg" }, { region: null }]);
  expect(problems).toMatchObject([
    { line: 5, column: "region", messageKey: "accounts.errors.csv.region", found: "火星" },
  ]);
});

describe("a file that went through a spreadsheet", () => {
  test("Excel's first line that names the separator is no row", () => {
    expect(read("sep=;\r\nuin;name\r\n100010001234;青禾\r\n12;x\r\n")).toMatchObject({
      kind: "accounts",
      rows: [{ line: 3, uin: "100010001234", name: "青禾" }],
      problems: [{ line: 4, column: "uin" }],
    });
  });

  test("long numbers that all end in zeros have lost their last digits", () => {
    const { problems } = read("uin,name\n12345678901234500000,甲\n22345678901234500000,乙\n");
    expect(problems).toMatchObject([
      { line: 2, column: "uin", messageKey: "accounts.errors.csv.scientific" },
      { line: 3, column: "uin", messageKey: "accounts.errors.csv.scientific" },
    ]);
    expect(read("uin,name\n12345678901234500000,甲\n22345678901234567890,乙\n").problems).toEqual(
      [],
    );
  });

  test("an invisible character in what is refused is named", () => {
    const { rows, problems } = read(
      "uin,name\r\n\u00a0100010001234\u200b,青禾\u00a0\r\n１０００１０００１２３５,全角\r\n",
    );
    expect(problems).toMatchObject([{ line: 2, column: "uin", found: "100010001234[U+200B]" }]);
    expect(rows).toMatchObject([{ line: 3, uin: "100010001235" }]);
  });

  test.each([
    ["with a byte order mark", utf8("\ufeffuin,name\r\n100010001234,青禾\r\n")],
    ["with semicolons", utf8("\ufeffuin;name\r\n100010001234;青禾\r\n")],
    [
      "in UTF-16",
      new Uint8Array(Buffer.from("\ufeffuin\tname\r\n100010001234\t青禾\r\n", "utf16le")),
    ],
  ])("%s it is read", (_how, bytes) => {
    expect(readCsv(bytes)).toMatchObject({
      problems: [],
      rows: [{ line: 2, uin: "100010001234", name: "青禾" }],
    });
  });

  test.each([
    "010001000123",
    "1.0001E+11",
    "1.23457E+19",
    "100010001234.0",
    '="100010001235"',
    "100 010 001",
  ])("%j is no UIN", (cell) => {
    expect(read(`uin,name\n${cell},甲\n`).problems).toMatchObject([{ line: 2 }]);
  });
});
