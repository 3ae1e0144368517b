import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { askTimeStamp, checkTimeStamp, readCertificates } from "@/lib/time-stamp";

import openssl from "./openssl-tokens.json";
import { startTsa, type TsaFault } from "./start";

const TEXT = "notices.example/record\n7\nroot\nsealed 2026-03-02T04:00:00.000Z\n";

/** Whole seconds, which is what this authority counts. */
const NOW = new Date(Math.floor(Date.now() / 1000) * 1000);

let tsa: Awaited<ReturnType<typeof startTsa>>;
const authority = () => ({ url: tsa.url, roots: readCertificates(tsa.chain) });

beforeAll(async () => {
  tsa = await startTsa({ now: () => NOW });
});
afterAll(() => tsa.close());
beforeEach(() => void tsa.faults.splice(0));

test("a stamp says the authority's time, and is kept as it was sent", async () => {
  const { token, at } = await askTimeStamp(authority(), TEXT);
  expect(at).toEqual(NOW);
  const { roots } = authority();
  expect(await checkTimeStamp(token, { text: TEXT, roots })).toEqual(at);
  await expect(checkTimeStamp(token, { text: `${TEXT}.`, roots })).rejects.toThrow("another text");
});

const REFUSED: [TsaFault, string][] = [
  [{ status: 503 }, "answered 503"],
  ["cut", "fetch failed"],
  ["refused", "refused with status 2"],
  ["another text", "of another text"],
  ["another question", "answers another question"],
  ["another root", "does not hold"],
  ["expired", "does not hold"],
  ["for another purpose", "not for time stamps alone"],
  ["another certificate named", "which certificate it is by"],
];

test.each(REFUSED)("no stamp is taken where there is a fault: %j", async (fault, said) => {
  tsa.faults.push(fault);
  await expect(askTimeStamp(authority(), TEXT)).rejects.toThrow(said);
});

test("a token with any byte of its signed parts changed is refused", async () => {
  const { token } = await askTimeStamp(authority(), TEXT);
  const { roots } = authority();
  const info = token.indexOf(Buffer.from("2a030401", "hex"));
  const parts = [info, token.indexOf(hashOf(TEXT)), token.length - 1, token.length - 40];
  for (const at of parts) {
    const mutant = Buffer.from(token);
    mutant[at] = (mutant[at] ?? 0) ^ 1;
    await expect(checkTimeStamp(mutant, { text: TEXT, roots }), `byte ${at}`).rejects.toThrow();
  }
  for (const bytes of [Buffer.alloc(0), Buffer.from("3000", "hex"), token.subarray(0, 200)])
    await expect(checkTimeStamp(bytes, { text: TEXT, roots })).rejects.toThrow();
});

test("certificates are read wherever they stand in a file, and a file without any is said", () => {
  expect(readCertificates(`Root\n${tsa.chain}\nand again\n${tsa.chain}`)).toHaveLength(2);
  expect(() => readCertificates("nothing")).toThrow("no certificate");
});

describe("openssl means the same by it", () => {
  test.each(Object.entries(openssl.tokens))(
    "what it made is taken, with a certificate in between and named by %s",
    async (_, base64) => {
      const token = Buffer.from(base64, "base64");
      const about = { text: openssl.text, roots: readCertificates(openssl.root) };
      expect(await checkTimeStamp(token, about)).toBeInstanceOf(Date);
      const others = { ...about, roots: readCertificates(tsa.chain) };
      await expect(checkTimeStamp(token, others)).rejects.toThrow("does not hold");
    },
  );

  test.runIf(spawnSync("openssl", ["version"]).error === undefined)(
    "what is kept it takes, by the recipe of a bundle",
    async () => {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-tsa-"));
      const { token } = await askTimeStamp(authority(), TEXT);
      const files = { "7.txt": TEXT, "7.tst": token, "authority.pem": tsa.chain };
      for (const [name, content] of Object.entries(files))
        fs.writeFileSync(path.join(folder, name), content);
      const recipe = "ts -verify -data 7.txt -in 7.tst -token_in -CAfile authority.pem";
      const verify = () =>
        spawnSync("openssl", recipe.split(" "), { cwd: folder, encoding: "utf8" });
      expect(verify()).toMatchObject({ status: 0, stdout: "Verification: OK\n" });
      fs.appendFileSync(path.join(folder, "7.txt"), ".");
      expect(verify().status).toBe(1);
    },
  );
});

const hashOf = (text: string): Buffer => createHash("sha256").update(text).digest();
