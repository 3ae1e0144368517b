import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

import { parsePolicyText } from "@/text/parse-text";
import { inRoot } from "@/lib/paths";

import changes from "./changes.json";

const FOLDER = inRoot("scripts/demo-texts");
const TEXTS = readdirSync(FOLDER).filter((file) => file.endsWith(".md"));

/** Every anchor of a text, those of items and nested blocks included. */
function anchorsOf(file: string): Set<string> {
  const blocks = JSON.stringify(parsePolicyText(readFileSync(`${FOLDER}/${file}`, "utf8")));
  return new Set([...blocks.matchAll(/"anchor":"([^"]+)"/g)].map(([, anchor]) => anchor!));
}

test("every change of the demo points to a clause that is there, in each language", () => {
  for (const [name, list] of Object.entries(changes)) {
    const files = TEXTS.filter((file) => file.startsWith(`${name}.`));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const anchors = anchorsOf(file);
      for (const { anchor } of list) if (anchor) expect(anchors).toContain(anchor);
    }
  }
});

test("the two languages of a version have the same clauses", () => {
  for (const version of ["3.1", "3.2"]) {
    const chinese = anchorsOf(`im-privacy-guide-${version}.zh-CN.md`);
    expect([...anchorsOf(`im-privacy-guide-${version}.en.md`)]).toEqual([...chinese]);
  }
});
