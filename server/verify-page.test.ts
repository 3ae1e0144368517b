import { expect, test } from "vitest";

import { proofText, readEntryProof } from "@/domain/audit/proof";
import { check, type checkBundle } from "@/lib/check-proof";
import { sha256Hex } from "@/lib/hash";
import { acting } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";
import { appendEntries, givenSigner, seal } from "@/tests/support/sealed-record";

import { verifyPage } from "./verify-page";

/** So many receipts, each whole and with one bit of it changed. */
const RECEIPTS = Number(process.env["RECEIPTS"] ?? 20);

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** The page's own script up to where it begins to draw: what it calls of a bundle's files. */
async function checkOfPage(): Promise<typeof checkBundle> {
  const script = /<script type="module">\n([^]*?)const WORDS = /.exec(await verifyPage())?.[1];
  const made: unknown = new Function(`${script}\nreturn checkBundle;`)();
  return made as typeof checkBundle;
}

/** A bundle of one receipt. */
const bundleOf = (receipt: Uint8Array) => {
  const list = { path: "proofs/1.json", sha256: sha256Hex(receipt) };
  const manifest = { format: "gaozhi-bundle/1", files: [list], sealed: [] };
  return new Map([
    ["proofs/1.json", receipt],
    ["manifest.json", bytesOf(`${JSON.stringify(manifest, null, 2)}\n`)],
  ]);
};

test(`the page inside a bundle says of ${RECEIPTS} receipts, whole and changed, what verify.mjs says`, async () => {
  await appendEntries(RECEIPTS);
  await seal(givenSigner());
  const auditor = acting(await givenStaff("auditor"), "2026-03-02 12:01");
  const checkInPage = await checkOfPage();
  const [said, expected]: [unknown[], unknown[]] = [[], []];
  for (let seq = 1; seq <= RECEIPTS; seq += 1) {
    const receipt = bytesOf(proofText((await readEntryProof(auditor, { seq })).file));
    const changed = Uint8Array.from(receipt);
    const at = (seq * 7919) % changed.length;
    changed[at] = (changed[at] ?? 0) ^ (1 << (seq % 8));
    for (const one of [receipt, changed]) {
      const { fault } = await checkInPage(bundleOf(one));
      said.push(fault && { part: fault.part, byte: fault.byte });
      expected.push((await check(one)).fault);
    }
  }
  expect(said).toEqual(expected);
  expect(said.filter((fault) => fault === null)).toHaveLength(RECEIPTS);
}, 60_000);
