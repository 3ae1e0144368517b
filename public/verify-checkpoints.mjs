// Checks that an earlier checkpoint of the record is still part of a later one, with nothing but this
// file and verify.mjs beside it: no network.
//
//   node verify-checkpoints.mjs consistency.json [keys.json]    keys.json is /.well-known/gaozhi/keys
//
// In a browser the page /verify loads this same file and calls `checkConsistency`. That the earlier one
// is the one you have, you see by comparing it with yours, letter by letter.

import { byteOf, fromHex, readNote, sha256, STEPS as OF_PROOF, toBase64 } from "./verify.mjs";

/** The roots that a proof leads to (RFC 9162, 2.1.4.2), of the earlier tree and the later; null where its length is wrong. */
async function rootsOf(earlier, later, hashes) {
  const isWhole = Number.isInteger(Math.log2(earlier.size));
  const [first, ...rest] = isWhole ? [earlier.root, ...hashes] : hashes;
  let [at, last] = [earlier.size - 1, later.size - 1];
  const up = () => ([at, last] = [Math.floor(at / 2), Math.floor(last / 2)]);
  while (at % 2 === 1) up();
  let [old, made] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return null;
    const isLeft = at % 2 === 1 || at === last;
    if (isLeft) old = await sha256(byteOf(1), sibling, old);
    made = await sha256(byteOf(1), ...(isLeft ? [sibling, made] : [made, sibling]));
    if (isLeft) while (at % 2 === 0 && at !== 0) up();
    up();
  }
  return first && last === 0 ? [old, made] : null;
}

async function goesOn({ earlier, later, proof }) {
  const [one, other] = [earlier, later].map(({ checkpoint }) => readNote(checkpoint));
  if (one.origin !== other.origin || one.size < 1 || one.size > other.size) return false;
  if (one.size === other.size) return proof.length === 0 && one.root === other.root;
  const root = Uint8Array.from(atob(one.root), (byte) => byte.charCodeAt(0));
  const roots = await rootsOf({ ...one, root }, other, proof.map(fromHex));
  return roots !== null && toBase64(roots[0]) === one.root && toBase64(roots[1]) === other.root;
}

const keysOf = (value) => Object.keys(value).join();
const isSigned = async (signed) => (await OF_PROOF.key(signed)) && OF_PROOF.checkpoint(signed);

/** What is looked at, in this order; each is named after the part of the file that it is about. */
const STEPS = {
  format: (file) =>
    file.format === "gaozhi-consistency/1" &&
    keysOf(file) === "format,earlier,later,proof" &&
    [file.earlier, file.later].every(
      (one) => keysOf(one) === "checkpoint,key" && keysOf(one.key) === "name,publicKey",
    ),
  earlier: ({ earlier }) => isSigned(earlier),
  later: ({ later }) => isSigned(later),
  proof: goesOn,
};

/**
 * Checks the bytes of such a file. `fault` names the first part that does not hold and the byte where it
 * begins; `isKnown` says whether both keys are among `keys` (base64), null where none are given.
 * @param {Uint8Array} bytes
 * @param {string[] | null} keys
 */
export async function checkConsistency(bytes, keys = null) {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const file = await Promise.resolve(text)
    .then(JSON.parse)
    .catch(() => null);
  const written = new TextEncoder().encode(`${JSON.stringify(file, null, 2)}\n`);
  const at = bytes.findIndex((byte, index) => byte !== written[index]);
  if (at !== -1 || written.length !== bytes.length)
    return { fault: { part: "text", byte: at === -1 ? bytes.length : at } };
  for (const [part, holds] of Object.entries(STEPS)) {
    const isGood = await Promise.resolve(file)
      .then(holds)
      .catch(() => false);
    const before = text.slice(0, text.indexOf(`\n  "${part}": `) + 3);
    if (!isGood) return { fault: { part, byte: new TextEncoder().encode(before).length } };
  }
  const [earlier, later] = [file.earlier, file.later].map(({ checkpoint }) => {
    const { size, sealedAt } = readNote(checkpoint);
    return { size, sealedAt, note: checkpoint };
  });
  const has = ({ key }) => keys?.includes(key.publicKey);
  return { fault: null, earlier, later, isKnown: keys && has(file.earlier) && has(file.later) };
}

async function main(files) {
  const { readFileSync } = process.getBuiltinModule("node:fs");
  const [bytes, given] = files.map((file) => readFileSync(file));
  const keys = given ? JSON.parse(given).keys.map(({ publicKey }) => publicKey) : null;
  const { fault, isKnown, ...found } = await checkConsistency(new Uint8Array(bytes), keys);
  const isGood = !fault && isKnown !== false;
  console.log(isGood ? "✓ 成立 holds" : "✗ 不成立 does not hold", fault ?? { isKnown, ...found });
  process.exitCode = isGood ? 0 : 1;
}

if (globalThis.process?.argv?.[1]?.endsWith("verify-checkpoints.mjs"))
  void main(process.argv.slice(2));
