import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";

import { listRecordKeys } from "@/domain/audit/checkpoint";
import { inRoot } from "@/lib/paths";
import { check } from "@/public/verify.mjs";
import { acting } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";
import { appendEntries, givenSigner, seal } from "@/tests/support/sealed-record";

import { proofText, readEntryProof } from "./proof";

/** In a proof of some kilobytes, so many bytes are each made another. */
const MUTANTS = Number(process.env["MUTANTS"] ?? 200);
/** So many receipts are checked by both programs, and each once more with one bit of it changed. */
const RECEIPTS = Number(process.env["RECEIPTS"] ?? 20);
const ENTRIES = Math.max(300, RECEIPTS);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-proof-"));
let [bytes, keys]: [Uint8Array<ArrayBuffer>, string[]] = [new Uint8Array(), []];

beforeAll(async () => {
  await appendEntries(ENTRIES);
  await seal(givenSigner());
  const auditor = acting(await givenStaff("auditor"), "2026-03-02 12:01");
  bytes = new TextEncoder().encode(proofText((await readEntryProof(auditor, { seq: 100 })).file));
  keys = (await listRecordKeys(auditor, {})).map(({ publicKey }) => publicKey);
  fs.writeFileSync(path.join(folder, "proof.json"), bytes);
  fs.writeFileSync(
    path.join(folder, "keys.json"),
    JSON.stringify({ keys: await listRecordKeys(auditor, {}) }),
  );
});

test("a proof holds by itself, and says under which known key and what is proved", async () => {
  const found = await check(bytes, keys);
  expect(found).toMatchObject({
    fault: null,
    isKnown: true,
    size: ENTRIES + 1,
    origin: "localhost:3000/record",
  });
  expect(found.proof).toMatchObject({
    kind: "account",
    what: { value: { before: null, after: { name: expect.stringMatching(/^甲 \d+$/) } } },
  });
  expect((await check(bytes, ["another"])).isKnown).toBe(false);
});

test(`${MUTANTS} proofs with one byte changed are refused, and the place is named`, async () => {
  for (let n = 0; n < MUTANTS; n += 1) {
    const at = Math.floor((n * bytes.length) / MUTANTS);
    const mutant = Uint8Array.from(bytes);
    mutant[at] = (mutant[at] ?? 0) ^ (1 << (n % 8));
    const { fault } = await check(mutant, keys);
    expect(fault, `byte ${at}`).not.toBeNull();
    expect(fault?.byte).toBeLessThanOrEqual(bytes.length);
  }
});

const CHANGES: Record<string, [from: string, to: string]> = {
  what: ['"name": "甲', '"name": "乙'],
  who: ['"kind": "person"', '"kind": "job"'],
  entry: ['"at": "2026', '"at": "2025'],
  inclusion: ['"inclusion": [\n    "', '"inclusion": [\n    "00'],
  checkpoint: ["sealed 2026", "sealed 2025"],
  shape: ['"kind": "account"', '"kind": "accoun"'],
  text: ['"seq": ', '"seq":  '],
};

test.each(Object.entries(CHANGES))("what was changed is named: %s", async (part, [from, to]) => {
  const text = new TextDecoder().decode(bytes);
  expect(text).toContain(from);
  const { fault } = await check(new TextEncoder().encode(text.replace(from, to)), keys);
  expect(fault?.part).toBe(part);
});

describe("other programs say the same", () => {
  test("verify.mjs on the command line, a file of at most 150 lines that loads nothing", () => {
    const source = fs.readFileSync(inRoot("public", "verify.mjs"), "utf8");
    expect(source.split("\n").length - 1).toBeLessThanOrEqual(150);
    expect(source).not.toMatch(/^import |from "(?!node:)/m);
    const run = (file: string) =>
      spawnSync(process.execPath, [inRoot("public", "verify.mjs"), file, "keys.json"], {
        cwd: folder,
        encoding: "utf8",
      });
    expect(run("proof.json")).toMatchObject({ status: 0, stdout: expect.stringContaining("✓") });
    const wrong = Buffer.from(bytes).toString().replace("甲", "乙");
    fs.writeFileSync(path.join(folder, "wrong.json"), wrong);
    expect(run("wrong.json")).toMatchObject({ status: 1, stdout: expect.stringContaining("what") });
  });

  // Without its site packages Python has no library for signatures, and openssl is asked.
  test.runIf(canRun("python3") && canRun("openssl")).each([
    ["as it is installed", []],
    ["by itself, with openssl", ["-S"]],
  ])(
    `${RECEIPTS} receipts, whole and changed, in Python %s`,
    async (_, options) => {
      const auditor = acting(await givenStaff("auditor"), "2026-03-02 12:01");
      const expected: string[] = [];
      for (let n = 0; n < RECEIPTS; n += 1) {
        const seq = 1 + Math.floor((n * ENTRIES) / RECEIPTS);
        const { file } = await readEntryProof(auditor, { seq });
        const receipt = new TextEncoder().encode(proofText(file));
        const changed = Uint8Array.from(receipt);
        const at = (n * 7919) % changed.length;
        changed[at] = (changed[at] ?? 0) ^ (1 << (n % 8));
        for (const [name, content] of Object.entries({ receipt, changed })) {
          fs.writeFileSync(path.join(folder, `${name}-${n}.json`), content);
          expected.push(`${(await check(content, keys)).fault?.part ?? "ok"} ${name}-${n}.json`);
        }
      }
      const script = [...options, inRoot("public", "verify.py"), "--keys", "keys.json"];
      const names = expected.map((line) => line.slice(line.indexOf(" ") + 1));
      const said = spawnSync("python3", [...script, ...names], { cwd: folder, encoding: "utf8" });
      expect(said.stderr).toBe("");
      expect(said.stdout.trim().split("\n")).toEqual(expected);
      expect(expected.filter((line) => line.startsWith("ok "))).toHaveLength(RECEIPTS);
    },
    60_000 + RECEIPTS * 200,
  );

  test.runIf(canRun("python3"))("a key that is not published is a stranger's", () => {
    fs.writeFileSync(path.join(folder, "none.json"), JSON.stringify({ keys: [] }));
    const script = [inRoot("public", "verify.py"), "--keys", "none.json", "proof.json"];
    expect(spawnSync("python3", script, { cwd: folder, encoding: "utf8" })).toMatchObject({
      ...{ status: 1, stdout: "stranger proof.json\n" },
    });
  });
});

function canRun(program: string): boolean {
  return spawnSync(program, ["-h"]).error === undefined;
}
