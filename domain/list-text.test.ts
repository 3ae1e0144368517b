import { describe, expect, test } from "vitest";

import { importText } from "@/text/import-text";

import { readCsv } from "./accounts/read-csv";
import { Invalid } from "./errors";
import { namedLines } from "./list-text";
import { recogniseFile } from "./requests/file-kind";

test("a report names ten lines and counts the rest", () => {
  expect(namedLines([3, 17])).toBe("3, 17");
  expect(namedLines(Array.from({ length: 14 }, (_, n) => n + 1))).toBe(
    "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 … (+4)",
  );
});

describe("a text is decoded or refused alike by a policy, a table and a proof", () => {
  const CHINESE = "uin,name\n100010001234,一、总则\n";
  const files: [string, Buffer, boolean][] = [
    ["UTF-8", Buffer.from(CHINESE), true],
    ["UTF-16 without a mark", Buffer.from(CHINESE, "utf16le"), true],
    [
      "GB18030",
      Buffer.from("75696e2c6e616d650a3130303031303030313233342cd2bba1a2d7dcd4f20a", "hex"),
      true,
    ],
    ["Latin-1", Buffer.from("uin,name\n100010001234,Müller GmbH\n", "latin1"), false],
    [
      "Big5",
      Buffer.from("75696e2c6e616d650a313030303130303031a440a142c160abebaec60a", "hex"),
      false,
    ],
  ];

  test.each(files)("%s", async (_encoding, buffer, isRead) => {
    const bytes = new Uint8Array(buffer);
    const refusalOf = async (door: () => unknown) => {
      try {
        await door();
        return null;
      } catch (error) {
        expect(error).toBeInstanceOf(Invalid);
        return error;
      }
    };
    expect([
      (await refusalOf(() => readCsv(bytes))) === null,
      (await refusalOf(() => importText({ fileName: "a.txt", bytes }))) === null,
      "kind" in recogniseFile(bytes),
    ]).toEqual([isRead, isRead, isRead]);
  });
});
