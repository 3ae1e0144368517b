import { performance } from "node:perf_hooks";
import { expect, test } from "vitest";

import { Invalid } from "@/domain/errors";

import { comparePolicies } from "./diff";
import { compareTexts, keepRecent, readText, takeText } from "./offload";
import { parsePolicyText } from "./parse-text";

const many = (count: number, text: string, between = "\n") => Array(count).fill(text).join(between);

/** Among the slowest that are let in. */
const LARGE = many(900, `${"字，和".repeat(100)}`, "\n\n");
const OTHER = LARGE.replaceAll("字", "z");

test("what a thread reads and compares is what would have been read here", async () => {
  const [before, after] = [
    `# 一、甲\n\n${many(300, "1. 乙")}`,
    `# 一、甲\n\n${many(301, "1. 丙")}`,
  ];
  expect(await readText(before)).toEqual(parsePolicyText(before));
  expect(await compareTexts(before, after)).toEqual(
    comparePolicies(parsePolicyText(before), parsePolicyText(after)),
  );
});

test("the thread that answers readers stays free while the largest texts are compared", async () => {
  const start = performance.eventLoopUtilization();
  await compareTexts(LARGE, OTHER);
  expect(performance.eventLoopUtilization(start).utilization).toBeLessThan(0.5);
});

test("many who want the same text at once have it read once", async () => {
  const text = many(200, "1. 同一份");
  const all = await Promise.all(Array.from({ length: 100 }, () => readText(text)));
  expect(new Set(all).size).toBe(1);
});

test("a refusal comes back as it was thrown, whatever kind of text it was", async () => {
  const tooMany = takeText({ pasted: many(20_000, "## h"), as: "markdown" });
  await expect(tooMany).rejects.toMatchObject({
    messageKey: "policies.errors.import.tooMany.headings",
    values: { count: 20_000 },
  });
  await expect(tooMany).rejects.toBeInstanceOf(Invalid);
  const bytes = new TextEncoder().encode("%PDF-1.7\n".repeat(100));
  await expect(takeText({ fileName: "a.pdf", bytes })).rejects.toMatchObject({
    messageKey: "policies.errors.import.pdf",
  });
});

test("what is asked for again is made once, until others need its place", async () => {
  const made: string[] = [];
  const recent = keepRecent<string>(10);
  const ask = (key: string) => recent(key, 4, async () => (made.push(key), key));
  for (const key of ["a", "b", "a", "c", "a", "b"]) expect(await ask(key)).toBe(key);
  expect(made).toEqual(["a", "b", "c", "b"]);
});

test("a failure is not kept, and what is larger than all the room neither", async () => {
  const recent = keepRecent<number>(10);
  await expect(recent("a", 1, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await recent("a", 1, async () => 1)).toBe(1);
  expect(await recent("b", 99, async () => 2)).toBe(2);
  expect(await recent("b", 99, async () => 3)).toBe(3);
});
