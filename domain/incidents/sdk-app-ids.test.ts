import { expect, test } from "vitest";

import { isUsable, readIds } from "./sdk-app-ids";

test("SDKAppIDs are read one a line, or from the column with their name", () => {
  for (const text of [
    '\ufeffSDKAppID\n1400001287\n\n"1400001288"\n１４００００２０４４\n',
    "应用名称;SDKAppID\n轻语;1400001287\n客服;1400001288\n会议;1400002044\n",
  ]) {
    const { ids, faults, column } = readIds(text, "named");
    expect(ids).toEqual(["1400001287", "1400001288", "1400002044"]);
    expect(Object.values({ ...faults, ...column }).flat()).toEqual([]);
  }
});

test("what is no SDKAppID and what is doubled is reported by its line", () => {
  const { ids, faults, column } = readIds(
    "1400001287\nabc\n\n1400001287\n140000128\n0400001287\n1.4E+09\n1400001288,1400001289",
    "named",
  );
  expect(ids).toEqual(["1400001287"]);
  expect(faults).toMatchObject({ wrong: [2, 5, 6], duplicate: [4] });
  expect(column).toMatchObject({ shortened: [7], several: [8] });
});

test("a list whose column nobody can tell is not used even in part", () => {
  expect(isUsable(readIds("SDKAppID,SDKAppID\n1400001287,1400001288\n", "named"))).toBe(false);
  expect(isUsable(readIds("1400001287\nx\n", "named"))).toBe(true);
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
