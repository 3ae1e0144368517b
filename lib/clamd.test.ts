import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";

import { type Behaviour, EICAR, serveClamd } from "@/stand-ins/clamd";

import { scanBytes, ScannerAway, scannerVersion } from "./clamd";

const clamd = await serveClamd();
afterEach(() => clamd.behave("right"));
afterAll(() => clamd.stop());

const bytes = (text: string) => new TextEncoder().encode(text);

test("a file with the test signature is found by name, anywhere in it; another is not", async () => {
  expect(await scanBytes(clamd.at, bytes("回单"))).toBeNull();
  expect(await scanBytes(clamd.at, bytes(EICAR))).toBe("Eicar-Test-Signature");
  const large = Buffer.concat([Buffer.alloc(9_000_000, 0x20), bytes(EICAR), Buffer.alloc(999)]);
  expect(await scanBytes(clamd.at, large)).toBe("Eicar-Test-Signature");
  expect(await scanBytes(clamd.at, Buffer.alloc(10_000_000, 0x20))).toBeNull();
});

test("a socket of the file system does as well as a port", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "gaozhi-clamd-"));
  const other = await serveClamd(path.join(folder, "clamd.ctl"));
  expect(await scanBytes(other.at, bytes(EICAR))).toBe("Eicar-Test-Signature");
  await other.stop();
  rmSync(folder, { recursive: true });
});

test.each<Behaviour>(["silent", "dripping", "refusing", "cut", "strange"])(
  "a scanner that is %s has not looked",
  async (behaviour) => {
    clamd.behave(behaviour);
    await expect(scanBytes(clamd.at, bytes("回单"), 50)).rejects.toBeInstanceOf(ScannerAway);
  },
);

test("one that is not there has not looked either", async () => {
  const gone = await serveClamd();
  await gone.stop();
  await expect(scanBytes(gone.at, bytes("回单"))).rejects.toMatchObject({ why: "ECONNREFUSED" });
  await expect(scannerVersion("/nowhere/clamd.ctl")).rejects.toMatchObject({ why: "ENOENT" });
});

test("it says what it is, and of when its signatures are", async () => {
  expect(await scannerVersion(clamd.at)).toEqual({
    version: "ClamAV 1.4.3",
    signaturesOf: new Date("2026-03-02T08:00:00Z"),
  });
});
