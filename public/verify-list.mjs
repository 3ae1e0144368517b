// Checks a list of proofs from the sealed record with nothing but this file and verify.mjs beside it: no
// network.
//
//   node verify-list.mjs entries.json [keys.json]    keys.json is /.well-known/gaozhi/keys
//
// In a browser the page /verify loads this same file and calls `checkList`. Each entry of the list is a
// proof that holds by itself; that the list leaves none out, it does not prove.

import { check } from "./verify.mjs";

const written = (value) => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);

/**
 * Checks the bytes of a list of proofs (a JSON array). `fault` names the first part that does not hold, of
 * which proof (`number`, from 1; null where it is the list itself), and the byte where that proof begins or
 * where the list is written otherwise than it would be; `isKnown` says whether all keys are among `keys`
 * (base64), null where none are given.
 * @param {Uint8Array} bytes
 * @param {string[] | null} keys
 */
export async function checkList(bytes, keys = null) {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const list = await Promise.resolve(text)
    .then(JSON.parse)
    .catch(() => null);
  const exact = written(list);
  const at = bytes.findIndex((byte, index) => byte !== exact[index]);
  if (at !== -1 || exact.length !== bytes.length || !Array.isArray(list))
    return { fault: { part: "text", number: null, byte: at === -1 ? bytes.length : at } };
  /** @type {Awaited<ReturnType<typeof check>>[]} */
  const proofs = [];
  for (const [index, one] of list.entries()) {
    const found = await check(written(one), keys);
    // What stands before it, without the end of the list.
    const byte = () => written(list.slice(0, index)).length - 1;
    if (found.fault) return { fault: { part: found.fault.part, number: index + 1, byte: byte() } };
    proofs.push(found);
  }
  return { fault: null, proofs, isKnown: keys && proofs.every(({ isKnown }) => isKnown) };
}

async function main(files) {
  const { readFileSync } = process.getBuiltinModule("node:fs");
  const [bytes, given] = files.map((file) => readFileSync(file));
  const keys = given ? JSON.parse(given).keys.map(({ publicKey }) => publicKey) : null;
  const { fault, proofs = [], isKnown } = await checkList(new Uint8Array(bytes), keys);
  const isGood = !fault && isKnown !== false;
  console.log(isGood ? "✓ 成立 holds" : "✗ 不成立 does not hold", fault ?? { isKnown });
  for (const { proof, sealedAt } of proofs)
    console.log(
      `  ${proof.entry.seq}  ${proof.entry.action}  ${proof.entry.at}  sealed ${sealedAt}`,
    );
  process.exitCode = isGood ? 0 : 1;
}

if (globalThis.process?.argv?.[1]?.endsWith("verify-list.mjs")) void main(process.argv.slice(2));
