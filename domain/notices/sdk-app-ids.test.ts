import { expect, test } from "vitest";

import { namedLines, readIds } from "./sdk-app-ids";

test("SDKAppIDs are read one a line, from a paste or from the first column of a file", () => {
  const pasted = readIds(
    '\ufeffSDKAppID,名称\n1400001287,轻语\n\n"1400001288";x\n１４００００２０４４\n',
    "named",
  );
  expect(pasted.ids).toEqual(["1400001287", "1400001288", "1400002044"]);
  expect(Object.values(pasted.faults).flat()).toEqual([]);
});

test("what is no SDKAppID and what is doubled is reported by its line", () => {
  const { ids, faults } = readIds(
    "1400001287\nabc\n\n1400001287\n140000128\n0400001287\n1.4E+09",
    "named",
  );
  expect(ids).toEqual(["1400001287"]);
  expect(faults).toMatchObject({ wrong: [2, 5, 6, 7], duplicate: [4] });
});

test("a hundred thousand are taken, one more is refused", () => {
  const lines = Array.from({ length: 100_000 }, (_, n) => String(1_400_000_000 + n));
  expect(readIds(lines.join("\n"), "named").ids).toHaveLength(100_000);
  expect(() => readIds([...lines, "1500000000"].join("\n"), "excluded")).toThrow(
    expect.objectContaining({ fields: { excluded: ["notices.errors.ids.tooMany"] } }),
  );
});

test("invisible characters and a megabyte in one line are wrong lines, not crashes", () => {
  const { ids, faults } = readIds(
    `1400001287\u200b\n${"9".repeat(1_000_000)}\n\u202e1400001288`,
    "named",
  );
  expect(ids).toEqual([]);
  expect(faults.wrong).toEqual([1, 2, 3]);
});

test("a report names ten lines and counts the rest", () => {
  expect(namedLines([3, 17])).toBe("3, 17");
  expect(namedLines(Array.from({ length: 14 }, (_, n) => n + 1))).toBe(
    "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 … (+4)",
  );
});
