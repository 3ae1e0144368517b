import { expect, test } from "vitest";

import { csvDownload } from "./csv";

async function* pages() {
  yield [["=1+1", "云桥,科技"]];
  yield [["@x", null]];
}

test("a file comes with a byte order mark, page by page, and holds no formulas", async () => {
  const response = csvDownload({ name: "answers.csv", header: ["甲", "乙"], pages: pages() });

  const bytes = new Uint8Array(await response.arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(bytes)).toBe("甲,乙\r\n'=1+1,\"云桥,科技\"\r\n'@x,\r\n");
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="answers.csv"');
});
