import { expect, test } from "vitest";

import { readSources, smallFiles } from "./small-files";

const IN_BROWSER = "runs in the browser, and what shows it does not";

/** Small files that serve one other file and stand alone all the same. It may only shrink. */
const KEPT: Readonly<Record<string, string>> = {
  "app/[locale]/(ops)/ops/_notices/advice-editor.tsx": IN_BROWSER,
  "app/[locale]/(ops)/ops/_notices/skip-refused-lines.tsx": IN_BROWSER,
  "lib/clean-address.ts": "is tested without Next, which proxy.ts is not",
};
/** Lowered with each entry that goes, never raised. */
const MOST_KEPT = 3;

const small = smallFiles(readSources());

test("a small file that serves one other file moves into it", () => {
  expect(small.filter((file) => !(file in KEPT))).toEqual([]);
});

test("the list of those that stand alone only shrinks: each is still small and serves one file", () => {
  expect(Object.keys(KEPT).filter((file) => !small.includes(file))).toEqual([]);
  expect(Object.keys(KEPT).length).toBeLessThanOrEqual(MOST_KEPT);
});

const line = "const a = 1;\n";

test.each([
  [
    "a helper of one file",
    { "lib/a.ts": line, "lib/b.ts": 'import "x"; from "./a"' },
    ["lib/a.ts"],
  ],
  [
    "one of two files",
    { "lib/a.ts": line, "lib/b.ts": 'from "./a"', "app/c.ts": 'from "@/lib/a"' },
    [],
  ],
  [
    "one of a script too",
    { "lib/a.ts": line, "lib/b.ts": 'from "./a"', "scripts/c.ts": 'from "@/lib/a"' },
    [],
  ],
  ["36 lines", { "lib/a.ts": line.repeat(36), "lib/b.ts": 'from "./a"' }, []],
  ["a verb", { "domain/x/a.ts": "export const go = verb({", "domain/x/b.ts": 'from "./a"' }, []],
  ["a page's actions", { "app/x/actions.ts": line, "app/x/page.tsx": 'from "./actions"' }, []],
])("%s", (_name, files, found) => {
  expect(smallFiles(new Map(Object.entries(files)))).toEqual(found);
});
