import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

import { inRoot } from "@/lib/paths";

const STATES = ["proved", "partly", "not yet"] as const;
const row = z.object({
  id: z.string().regex(/^P\d\d$/),
  words: z.string().min(1),
  doneWhen: z.string().min(1),
  state: z.enum(STATES),
  missing: z.string(),
});
export type Promised = z.output<typeof row>;
type Proof = { name: string; ids: string[] };

/** The table of docs/promises.md. @throws ZodError where a row is not whole */
export function readPromises(): Promised[] {
  const text = readFileSync(inRoot("docs", "promises.md"), "utf8");
  return [...text.matchAll(/^\| P\d\d .*$/gm)].map(([line]) => {
    const [id, words, doneWhen, state, missing] = line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
    return row.parse({ id, words, doneWhen, state, missing });
  });
}

/** The tests whose names carry the id of a promise. */
export function readProofs(): Proof[] {
  return testFiles(inRoot()).flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/["'`]((?:P\d\d[,:]? ?)+[^"'`]*)["'`]/g)].map(
      ([, name = ""]) => ({ name, ids: name.match(/\bP\d\d\b/g) ?? [] }),
    ),
  );
}

const APART = new Set(["node_modules", ".next", ".data", ".git", "test-results"]);

function testFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return APART.has(entry.name) ? [] : testFiles(path);
    return /\.(test|spec)\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** Per promise its state and the tests that carry its id, and how many there are of each state. */
export function describePromises(): string {
  const [promises, proofs] = [readPromises(), readProofs()];
  const lines = promises.map(({ id, words, state, missing }) => {
    const names = proofs.filter(({ ids }) => ids.includes(id)).map(({ name }) => `    ${name}\n`);
    return `${id} ${state}${missing && ` (${missing})`}: ${words}\n${names.join("")}`;
  });
  const sums = STATES.map(
    (state) => `${promises.filter((one) => one.state === state).length} ${state}`,
  );
  return `${lines.join("")}\n${promises.length} promises: ${sums.join(", ")}\n`;
}
