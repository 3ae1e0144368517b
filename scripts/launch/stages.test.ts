import { expect, test, vi } from "vitest";

import { checkStage, runStages, type Stage } from "./stages";

const print = (text: string, code = 0) => [
  "-e",
  `setTimeout(() => { process.stdout.write(${JSON.stringify(text)} + "\\n"); process.exitCode = ${code}; }, 100)`,
];

test("stages beside each other keep their words together, and the sum counts every one", async () => {
  const said: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((words) => said.push(String(words)) > 0);
  const after: Stage = {
    name: "after",
    needs: ["broken"],
    run: () => Promise.resolve({ passed: 1, failed: 0 }),
  };

  const code = await runStages([
    [
      checkStage("first", "", print("one"), print("two")),
      checkStage("broken", "mend it", print("three", 1)),
      checkStage("last", "", print("four")),
    ],
    after,
  ]);
  vi.restoreAllMocks();

  const text = said.join("");
  expect(code).toBe(1);
  expect(text).toMatch(/── first ─+\none\ntwo\n✓ first/);
  expect(text).toMatch(/── broken ─+\nthree\n✗ broken/);
  expect(text).toMatch(/── last ─+\nfour\n✓ last/);
  expect(text).toContain("not run, because broken failed");
  expect(text).toMatch(/What to do:\n {2}→ mend it\n\n/);
  expect(text.trimEnd()).toMatch(/2 passed, 2 failed$/);
});

test("what failed is told once more at the end, with its reason and without colours", async () => {
  const said: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((words) => said.push(String(words)) > 0);
  const reason = ["\u001b[31mexpected 1\u001b[39m", ..."x".repeat(40)].join("\n");
  await runStages([
    {
      name: "counted",
      run: () =>
        Promise.resolve({ passed: 0, failed: 1, failures: [{ test: "a.spec.ts: one", reason }] }),
    },
  ]);
  vi.restoreAllMocks();
  const text = said.join("");
  expect(text).toMatch(/What failed:\n {2}✗ a\.spec\.ts: one\n {4}expected 1\n( {4}x\n){24}\n/);
});
