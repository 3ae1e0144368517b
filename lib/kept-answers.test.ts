import { expect, test } from "vitest";

import { type KeptAnswer, KeptAnswers } from "./kept-answers";

const answer = (hash: string, bytes = 10): KeptAnswer => ({
  headers: {},
  hash,
  bodies: { br: Buffer.alloc(0), gzip: Buffer.alloc(0), identity: Buffer.alloc(bytes) },
});
const once = (hash: string, bytes?: number) => () => Promise.resolve(answer(hash, bytes));

test("who asks while an answer is made gets that one", async () => {
  const kept = new KeptAnswers(1000);
  let made = 0;
  const make = async () => {
    made += 1;
    return answer(String(made));
  };
  const both = await Promise.all([kept.findOrMake("a", make), kept.findOrMake("a", make)]);
  expect(both.map((one) => one?.hash)).toEqual(["1", "1"]);
  expect(kept.find("a")?.hash).toBe("1");
});

test("what was begun before a change is not kept after it, nor given to who asks after it", async () => {
  const kept = new KeptAnswers(1000);
  let resolve: (answer: KeptAnswer) => void = () => undefined;
  const promise = new Promise<KeptAnswer>((done) => (resolve = done));
  const before = kept.findOrMake("a", () => promise);
  kept.turn();
  const after = kept.findOrMake("a", once("new"));
  resolve(answer("old"));

  expect((await before)?.hash).toBe("old");
  expect((await after)?.hash).toBe("new");
  expect(kept.find("a")?.hash).toBe("new");
});

test("what is nothing to keep, or fails, is made anew", async () => {
  const kept = new KeptAnswers(1000);
  expect(await kept.findOrMake("a", () => Promise.resolve(null))).toBeNull();
  await expect(kept.findOrMake("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect((await kept.findOrMake("a", once("1")))?.hash).toBe("1");
});

test("the ones used longest ago make room, and none takes it all", async () => {
  const kept = new KeptAnswers(400);
  for (const key of ["a", "b", "c", "d"]) await kept.findOrMake(key, once(key, 100));
  kept.find("a");
  await kept.findOrMake("e", once("e", 100));
  await kept.findOrMake("huge", once("huge", 101));

  expect(["a", "b", "c", "d", "e", "huge"].filter((key) => kept.find(key))).toEqual([
    ...["a", "c", "d", "e"],
  ]);
});
