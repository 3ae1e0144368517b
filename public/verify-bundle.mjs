// Checks a bundle of evidence with nothing but this file and verify.mjs beside it: no network.
//
//   node verify-bundle.mjs [folder [keys.json]]    the folder of the unpacked bundle; here, if none is named
//
// In a browser the page /verify takes the zip, and verify.html in the bundle takes its files.

import { byteOf, canonical, check, fromHex, rootOf, sha256 as hashOf } from "./verify.mjs";

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

/**
 * When a time stamp (RFC 3161) says that a note was there; null where it is of something else. By whom it
 * is signed, openssl says: README.md.
 * @param {Uint8Array} token
 * @param {Uint8Array} note
 */
async function stampedAt(token, note) {
  const hex = Array.from(token, (one) => one.toString(16).padStart(2, "0")).join("");
  // In TSTInfo, the note's SHA-256 is followed by a number and the time (RFC 3161, 2.4.2).
  const after = hex.split(`0420${await sha256(note)}`)[1] ?? "";
  const time = after.slice(4 + 2 * parseInt(after.slice(2, 4), 16));
  const digits = time.slice(4, 4 + 2 * parseInt(time.slice(2, 4), 16));
  const said = text(Uint8Array.from(digits.match(/../g) ?? [], (two) => parseInt(two, 16)));
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d(?:\.\d+)?)Z$/.exec(said);
  if (!after.startsWith("02") || !time.startsWith("18") || !parts) return null;
  const [, year, month, day, hour, minute, second] = parts;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}

/**
 * Whether what was posted is what the record holds one hash of: each post's bytes lead by its way to the
 * root. @returns the file that does not hold; null where all do
 */
async function wrongPost(files, list, sealed) {
  const { root, size, posts } = JSON.parse(text(files.get(list)));
  if (sealed?.postsHash !== root || sealed.posts !== size) return { file: list, part: "sealed" };
  for (const { file, id, sha256: hash, place, way } of posts) {
    const bytes = files.get(file);
    if (!bytes || (await sha256(bytes)) !== hash)
      return { file: bytes ? file : list, part: "posted" };
    const leaf = await hashOf(byteOf(0), new TextEncoder().encode(`${id} ${hash}`));
    const made = await rootOf(leaf, place, size, way);
    const isIn = made !== null && place < size && made.join() === fromHex(root).join();
    if (!isIn) return { file: list, part: "posted" };
  }
  return null;
}

/** @typedef {{ posted?: { file: string, proof: string }[], sealed: { file: string, proof: string, field: string }[] }} List */

/**
 * Checks the files of a bundle: each proof by itself, each file against the list, and that the proofs
 * seal what the list says they do. `fault` names the first file that does not hold, which part of it
 * and, where it can be known, the byte; `isKnown` says whether all keys are among `keys` (base64).
 * @param {Map<string, Uint8Array>} files by their path in the bundle
 * @param {string[] | null} keys
 */
export async function checkBundle(files, keys = null) {
  /** @type {{ list: List | null, proofs: Map<string, any>, isKnown: boolean | null, stamps: { file: string, at: string, proofs: number }[] }} */
  const found = { list: null, proofs: new Map(), isKnown: keys ? true : null, stamps: [] };
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
  for (const { file, proof } of list.posted ?? []) {
    if (!files.has(file) || !found.proofs.has(proof)) return bad(LIST, "shape", 0);
    const sealed = found.proofs.get(proof).proof.what?.value.after;
    const wrong = await wrongPost(files, file, sealed).catch(() => ({ file, part: "posted" }));
    if (wrong) return bad(wrong.file, wrong.part);
  }
  for (const file of [...isListed].filter((path) => /^time-stamps\/.*\.tst$/.test(path))) {
    const note = files.get(file.replace(/tst$/, "txt"));
    const at = note && (await stampedAt(files.get(file), note));
    const isOf = ({ proof }) => note && proof.checkpoint === text(note);
    const proofs = [...found.proofs.values()].filter(isOf).length;
    if (!at || proofs === 0) return bad(file, "stamp");
    found.stamps.push({ file, at, proofs });
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
  const { fault, list, proofs, isKnown, stamps } = await checkBundle(bytes, keys || null);
  const isGood = !fault && isKnown !== false;
  console.log(isGood ? "✓ 成立 holds" : "✗ 不成立 does not hold", fault ?? { isKnown });
  for (const [path, { proof, sealedAt }] of proofs)
    console.log(`  ${path}  ${proof.entry.action}  ${proof.entry.at}  sealed ${sealedAt}`);
  const bound = fault ? [] : [...list.sealed, ...(list.posted ?? [])];
  for (const { file, proof } of bound) console.log(`  ${file}  ← ${proof}`);
  for (const { file, at, proofs: count } of fault ? [] : stamps)
    console.log(`  ${file}  ${at}  (${count} proofs; openssl says whose it is: README.md)`);
  process.exitCode = isGood ? 0 : 1;
}

if (globalThis.process?.argv?.[1]?.endsWith("verify-bundle.mjs")) void main(process.argv.slice(2));
