import { expect, test } from "vitest";

import { keepRecent } from "./recent";

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
