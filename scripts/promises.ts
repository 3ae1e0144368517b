import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { inRoot } from "@/lib/paths";

/** Prints, per promise of docs/promises.md, the tests whose names carry its id. */
const TEST_FILE = /\.(test|spec)\.tsx?$/;
const APART = new Set(["node_modules", ".next", ".data", ".git"]);

const promises = [
  ...readFileSync(inRoot("docs", "promises.md"), "utf8").matchAll(/^\| (P\d\d) \| (.+) \|$/gm),
];
const tests = testFiles(inRoot()).flatMap((file) =>
  [...readFileSync(file, "utf8").matchAll(/["'`]((?:P\d\d[,:]? ?)+[^"'`]*)["'`]/g)].map(
    ([, name = ""]) => ({ name, ids: name.match(/\bP\d\d\b/g) ?? [] }),
  ),
);

let kept = 0;
for (const [, id = "", words = ""] of promises) {
  const proofs = tests.filter(({ ids }) => ids.some((found) => found === id));
  if (proofs.length > 0) kept += 1;
  process.stdout.write(`${id} ${words}\n${proofs.map(({ name }) => `    ${name}\n`).join("")}`);
}
process.stdout.write(`\n${kept} of ${promises.length} promises are proved by a test\n`);

function testFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return APART.has(entry.name) ? [] : testFiles(path);
    return TEST_FILE.test(entry.name) ? [path] : [];
  });
}
