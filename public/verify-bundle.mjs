// Checks a bundle of evidence with nothing but this file and verify.mjs beside it: no network.
//
//   node verify-bundle.mjs [folder [keys.json]]    the folder of the unpacked bundle; here, if none is named
//
// In a browser the page /verify takes the zip, and verify.html in the bundle takes its files.

import { canonical, check } from "./verify.mjs";

const LIST = "manifest.json";
const text = (bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

async function sha256(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes)));
  return Array.from(hash, (one) => one.toString(16).padStart(2, "0")).join("");
}

/** Where bytes stop being what they would be if we had written them; -1 where they never do. */
export function firstOther(bytes, written) {
  const at = bytes.findIndex((byte, index) => byte !== written[index]);
  return at === -1 && bytes.length !== written.length ? bytes.length : at;
}

function readList(bytes) {
  const list = JSON.parse(text(bytes));
  const at = firstOther(bytes, new TextEncoder().encode(`${JSON.stringify(list, null, 2)}\n`));
  if (at !== -1) return { fault: { file: LIST, part: "text", byte: at } };
  const isShaped = list.format === "gaozhi-bundle/1" && Array.isArray(list.files);
  return isShaped && Array.isArray(list.sealed)
    ? { list, fault: null }
    : { fault: { file: LIST, part: "shape", byte: 0 } };
}

/** @typedef {{ sealed: { file: string, proof: string, field: string }[] }} List */

/**
 * Checks the files of a bundle: each proof by itself, each file against the list, and that the proofs
 * seal what the list says they do. `fault` names the first file that does not hold, which part of it
 * and, where it can be known, the byte; `isKnown` says whether all keys are among `keys` (base64).
 * @param {Map<string, Uint8Array>} files by their path in the bundle
 * @param {string[] | null} keys
 */
export async function checkBundle(files, keys = null) {
  /** @type {{ list: List | null, proofs: Map<string, any>, isKnown: boolean | null }} */
  const found = { list: null, proofs: new Map(), isKnown: keys ? true : null };
  const bad = (file, part, byte = null) => ({ ...found, fault: { file, part, byte } });
  if (!files.has(LIST)) return bad(LIST, "missing");
  const { list, fault } = await Promise.resolve(files.get(LIST))
    .then(readList)
    .catch(() => ({ fault: { file: LIST, part: "text", byte: 0 } }));
  if (fault) return { ...found, fault };
  found.list = list;
  const isListed = new Set(list.files.map(({ path }) => path));
  const extra = [...files.keys()].find((path) => path !== LIST && !isListed.has(path));
  if (extra !== undefined) return bad(extra, "extra");
  for (const { path, sha256: hash } of list.files) {
    const bytes = files.get(path);
    if (!bytes) return bad(path, "missing");
    if (path.startsWith("proofs/")) {
      const proof = await check(bytes, keys);
      if (proof.fault) return bad(path, proof.fault.part, proof.fault.byte);
      if (keys && !proof.isKnown) found.isKnown = false;
      found.proofs.set(path, proof);
    }
    if ((await sha256(bytes)) !== hash) return bad(path, "hash");
  }
  for (const { file, proof, field } of list.sealed) {
    const bytes = files.get(file);
    if (!bytes || !found.proofs.has(proof)) return bad(LIST, "shape", 0);
    const sealed = found.proofs.get(proof).proof.what?.value.after?.[field];
    const value = canonical(JSON.parse(text(bytes)));
    if ((await sha256(new TextEncoder().encode(value))) !== sealed) return bad(file, "sealed");
  }
  return { ...found, fault: null };
}

async function main([folder = ".", known]) {
  const { readdirSync, readFileSync } = process.getBuiltinModule("node:fs");
  const { join, relative, sep } = process.getBuiltinModule("node:path");
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const inside = (path) => relative(folder, path).replaceAll(sep, "/");
  const bytes = new Map(paths.map((path) => [inside(path), new Uint8Array(readFileSync(path))]));
  const keys = known && JSON.parse(readFileSync(known)).keys.map(({ publicKey }) => publicKey);
  const { fault, list, proofs, isKnown } = await checkBundle(bytes, keys || null);
  const isGood = !fault && isKnown !== false;
  console.log(isGood ? "✓ 成立 holds" : "✗ 不成立 does not hold", fault ?? { isKnown });
  for (const [path, { proof, sealedAt }] of proofs)
    console.log(`  ${path}  ${proof.entry.action}  ${proof.entry.at}  sealed ${sealedAt}`);
  for (const { file, proof } of fault ? [] : list.sealed) console.log(`  ${file}  ← ${proof}`);
  process.exitCode = isGood ? 0 : 1;
}

if (globalThis.process?.argv?.[1]?.endsWith("verify-bundle.mjs")) void main(process.argv.slice(2));
