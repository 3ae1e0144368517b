import { existsSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { z } from "zod";

/**
 * OWASP's Application Security Verification Standard 5.0, levels 1 and 2, by its numbers and in our
 * own words. "open" is what nothing shows yet, whether or not it is so.
 */
const ROWS = z
  .array(
    z.object({
      id: z.string().regex(/^\d+\.\d+\.\d+$/),
      level: z.enum(["1", "2"]),
      state: z.enum(["met", "not applicable", "open"]),
      "shown by": z.string(),
      "in our words": z.string(),
    }),
  )
  .parse(parse(readFileSync("docs/asvs.csv", "utf8"), { columns: true }));

test("every requirement of both levels has its row, once", () => {
  expect(new Set(ROWS.map(({ id }) => id)).size).toBe(253);
  expect(ROWS).toHaveLength(253);
  expect(ROWS.filter(({ level }) => level === "1")).toHaveLength(70);
});

test("what is met names a test or a document that is there; what is not says why", () => {
  const wrong = ROWS.filter((row) => {
    const [file = "", ...name] = row["shown by"].split(": ");
    if (row.state !== "met" && !row["in our words"]) return true;
    if (file === "") return row.state === "met";
    return !existsSync(file) || !readFileSync(file, "utf8").includes(name.join(": "));
  });
  expect(wrong.map((row) => `${row.id}: ${row["shown by"]}`)).toEqual([]);
});

test("as many are open as are counted as open: a new one is noticed, a closed one too", () => {
  expect(ROWS.filter(({ state }) => state === "open")).toHaveLength(OPEN);
});

const OPEN = 2;
