import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";

import { ThreadPool } from "./thread-pool";

const folder = mkdtempSync(path.join(os.tmpdir(), "threads-"));
const file = path.join(folder, "work.mjs");
writeFileSync(
  file,
  `import { parentPort } from "node:worker_threads";
  parentPort.on("message", (wish) => {
    if (wish === "for ever") for (;;);
    if (wish === "throw") throw new Error("broken");
    if (wish === "memory") { const all = []; for (;;) all.push(new Array(1e5).fill(all.length)); }
    if (wish === "never") return;
    setTimeout(() => parentPort.postMessage(wish), wish === "slow" ? 1_400 : 20);
  });
  parentPort.postMessage("loaded");`,
);
afterAll(() => rmSync(folder, { recursive: true }));

const pool = (changes: { waiting?: number; waitMs?: number; workMs?: number } = {}) =>
  new ThreadPool({
    ...{ file, threads: 1, workMs: 1_500, waitMs: 10_000, waiting: 50, megabytes: 64 },
    ...changes,
  });

test("each gets the answer to its own question, in turn", async () => {
  const threads = pool();
  const answers = await Promise.all([1, 2, 3, 4].map((wish) => threads.run(wish)));
  expect(answers).toEqual([1, 2, 3, 4]);
});

test.each([
  ["takes too long", "for ever", { because: "time" }],
  ["needs too much memory", "memory", { because: "time" }],
  ["fails", "throw", { message: "broken" }],
])("work that %s is given up, and the next is done", async (_, wish, reason) => {
  const threads = pool();
  const [given, next] = [threads.run(wish), threads.run("next")];
  await expect(given).rejects.toMatchObject(reason);
  expect(await next).toBe("next");
});

test("beyond those who may wait, and beyond the time for which one may, work is refused", async () => {
  const threads = pool({ waiting: 1, waitMs: 50 });
  const [busy, patient, refused] = [threads.run("for ever"), threads.run(1), threads.run(2)];
  expect(threads.isLineFull).toBe(true);
  await expect(refused).rejects.toMatchObject({ because: "queue" });
  await expect(patient).rejects.toMatchObject({ because: "queue" });
  expect(threads.isLineFull).toBe(false);
  await expect(busy).rejects.toMatchObject({ because: "time" });
});

test("who ends the threads gives up what they are at and what waits", async () => {
  const threads = pool();
  const [given, waiting] = [threads.run("for ever"), threads.run(1)];
  threads.end();
  await expect(waiting).rejects.toThrow("the threads were ended");
  await expect(given).rejects.toThrow("a thread ended at its work");
});

test("how long a thread takes to load is not its work's time", async () => {
  const slow = path.join(folder, "slow.mjs");
  writeFileSync(
    slow,
    `await new Promise((on) => setTimeout(on, 900)); await import("./work.mjs");`,
  );
  const threads = new ThreadPool({
    ...{ file: slow, threads: 1, workMs: 500, waitMs: 10_000, waiting: 50, megabytes: 64 },
  });
  expect(await threads.run("first")).toBe("first");
  await expect(threads.run("for ever")).rejects.toMatchObject({ because: "time" });
});

test("work is not given up while others have the processor, but by the clock in the end", async () => {
  const threads = pool({ workMs: 700 });
  expect(await threads.run("slow")).toBe("slow");
  await expect(threads.run("never")).rejects.toMatchObject({ because: "time" });
});
