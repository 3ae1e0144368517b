// Checks a proof from the sealed record with nothing but this file: no network, no other file.
//
//   node verify.mjs proof.json [keys.json]    Node.js 20 or newer; keys.json is /.well-known/gaozhi/keys
//
// In a browser the page /verify loads this same file and calls `check`.

const PARTS = {
  "": "format,kind,entry,who,what,leaf,inclusion,checkpoint,key",
  entry: "action,at,place,previous,seq,v,what,who",
  who: "salt,value",
  what: "salt,value",
  key: "name,publicKey",
};
const NOTE = /^(\S+)\n(\d+)\n([A-Za-z0-9+/=]+)\nsealed (\S+)\n\n— (\S+) ([A-Za-z0-9+/]+={0,2})\n$/;

const utf8 = (text) => new TextEncoder().encode(text);
export const byteOf = (number) => Uint8Array.of(number);
const toHex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
export const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes));
export const fromHex = (hex) =>
  exactly(hex, toHex, (text) =>
    Uint8Array.from(text.match(/../g) ?? [], (two) => parseInt(two, 16)),
  );
const fromBase64 = (text) =>
  exactly(text, toBase64, () => Uint8Array.from(atob(text), (one) => one.charCodeAt(0)));

/** Bytes have one way to be written here; another way of writing the same is a fault. */
function exactly(text, write, read) {
  const bytes = read(text);
  if (write(bytes) !== text) throw new Error("written otherwise");
  return bytes;
}

/** SHA-256 over the parts in turn. */
export const sha256 = async (...parts) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", await new Blob(parts).arrayBuffer()));

/** Canonical JSON (RFC 8785): keys in order, no spaces. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

/** What the sealed entry holds in the place of a value: SHA-256 over 16 random bytes and the value. */
async function commitment({ salt, value }) {
  if (salt.length !== 32) throw new Error("another salt");
  return toHex(await sha256(fromHex(salt), utf8(canonical(value))));
}

/** The root that a leaf and its siblings lead to (RFC 9162, 2.1.3.2); null where their number is wrong. */
export async function rootOf(leaf, place, size, siblings) {
  let [at, last, hash] = [place, size - 1, leaf];
  for (const sibling of siblings.map(fromHex)) {
    if (last === 0) return null;
    const isLeft = at % 2 === 1 || at === last;
    hash = await sha256(byteOf(1), ...(isLeft ? [sibling, hash] : [hash, sibling]));
    const up = () => ([at, last] = [Math.floor(at / 2), Math.floor(last / 2)]);
    if (isLeft) while (at % 2 === 0 && at !== 0) up();
    up();
  }
  return last === 0 ? hash : null;
}

function hasShape(proof) {
  const has = ([part, keys]) => {
    const at = part ? proof[part] : proof;
    return (part === "what" && at === null) || Object.keys(at).join() === keys;
  };
  const { format, kind, entry } = proof;
  const isKind = entry.v === 1 && entry.action.startsWith(`${kind}.`);
  return format === "gaozhi-proof/1" && isKind && Object.entries(PARTS).every(has);
}

export function readNote(checkpoint) {
  const [, origin, size, root, sealedAt, name, signature] = NOTE.exec(checkpoint);
  const text = checkpoint.slice(0, checkpoint.indexOf("\n\n") + 1);
  const [id, signed] = [fromBase64(signature).slice(0, 4), fromBase64(signature).slice(4)];
  return { origin, size: Number(size), root, sealedAt, name, text, id: toHex(id), signed };
}

/** What is looked at, in this order; each is named after the part of the proof that it is about. */
export const STEPS = {
  shape: hasShape,
  who: async ({ who, entry }) => (await commitment(who)) === entry.who,
  what: async ({ what, entry }) => !what || (await commitment(what)) === entry.what,
  entry: async ({ entry, leaf }) => toHex(await sha256(byteOf(0), utf8(canonical(entry)))) === leaf,
  async inclusion({ entry, leaf, inclusion, checkpoint }) {
    const { size, root } = readNote(checkpoint);
    const made = await rootOf(fromHex(leaf), entry.place, size, inclusion);
    return made !== null && entry.place < size && toBase64(made) === root;
  },
  async key({ checkpoint, key }) {
    const { origin, name, id } = readNote(checkpoint);
    // The first four bytes name a key in a signature (c2sp.org/signed-note).
    const made = await sha256(utf8(`${key.name}\n`), byteOf(1), fromBase64(key.publicKey));
    return origin === name && name === key.name && toHex(made.slice(0, 4)) === id;
  },
  async checkpoint({ checkpoint, key }) {
    const { text, signed } = readNote(checkpoint);
    const [raw, name] = [fromBase64(key.publicKey), "Ed25519"];
    const publicKey = await crypto.subtle.importKey("raw", raw, name, false, ["verify"]);
    return crypto.subtle.verify(name, publicKey, signed, utf8(text));
  },
};

/**
 * Checks the bytes of a proof. `fault` names the first part that does not hold and the byte where it
 * begins; `isKnown` says whether the key is one of `keys` (base64), null where none are given.
 * @param {Uint8Array} bytes
 * @param {string[] | null} keys
 */
export async function check(bytes, keys = null) {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const proof = await Promise.resolve(text)
    .then(JSON.parse)
    .catch(() => null);
  const written = utf8(`${JSON.stringify(proof, null, 2)}\n`);
  const at = bytes.findIndex((byte, index) => byte !== written[index]);
  if (at !== -1 || written.length !== bytes.length)
    return { proof, fault: { part: "text", byte: at === -1 ? bytes.length : at } };
  for (const [part, holds] of Object.entries(STEPS)) {
    const isGood = await Promise.resolve(proof)
      .then(holds)
      .catch(() => false);
    const before = text.slice(0, text.indexOf(`\n  "${part}": `) + 3);
    if (!isGood) return { proof, fault: { part, byte: utf8(before).length } };
  }
  const { origin, size, sealedAt } = readNote(proof.checkpoint);
  const isKnown = keys && keys.includes(proof.key.publicKey);
  return { proof, fault: null, isKnown, origin, size, sealedAt };
}

async function main(files) {
  const { readFileSync } = process.getBuiltinModule("node:fs");
  const [bytes, given] = files.map((file) => readFileSync(file));
  const keys = given ? JSON.parse(given).keys.map(({ publicKey }) => publicKey) : null;
  const { fault, proof, ...found } = await check(new Uint8Array(bytes), keys);
  const isGood = !fault && found.isKnown !== false;
  console.log(isGood ? "✓ 成立 holds" : "✗ 不成立 does not hold", fault ?? found);
  if (isGood) console.log(proof.entry, proof.who.value, proof.what?.value ?? "erased", proof.key);
  process.exitCode = isGood ? 0 : 1;
}

if (globalThis.process?.argv?.[1]?.endsWith("verify.mjs")) void main(process.argv.slice(2));
