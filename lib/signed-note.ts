import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";

import { sha256 } from "./merkle";

/**
 * A text and signatures below it, in the signed note format of C2SP (c2sp.org/signed-note), and the
 * checkpoint of a log that such a note holds (c2sp.org/tlog-checkpoint): its origin, its size, its root.
 */
export type Checkpoint = { origin: string; size: number; root: Buffer; sealedAt: Date };

/** A public key under a name; `id` is the first four bytes of SHA-256 over name and key, as hex. */
export type NoteKey = { name: string; id: string; publicKey: Buffer };

/** The format's number of an Ed25519 signature. */
const ED25519 = 1;
const ID_BYTES = 4;
/** What stands before the 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410). */
const SPKI = Buffer.from("302a300506032b6570032100", "hex");
const NOTE = /^(\S+)\n(\d+)\n([A-Za-z0-9+/=]+)\nsealed (\S+)\n\n— \S+ ([A-Za-z0-9+/]+={0,2})\n$/;
const SIGNATURE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/;

export function noteKey(name: string, publicKey: Buffer): NoteKey {
  const id = sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), publicKey]));
  return { name, publicKey, id: id.subarray(0, ID_BYTES).toString("hex") };
}

/** The key in one line, as tools of the format take it. */
export const verifierLine = ({ name, id, publicKey }: NoteKey): string =>
  `${name}+${id}+${Buffer.concat([Buffer.of(ED25519), publicKey]).toString("base64")}`;

const KEY_LINE = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/;

/** Reads such a line; null where it is none, or of another kind of key than `as` makes. */
export function readNoteLine(line: string, as = noteKey, kind = ED25519): NoteKey | null {
  const [, name = "", id, encoded = ""] = KEY_LINE.exec(line) ?? [];
  const bytes = Buffer.from(encoded, "base64");
  if (bytes.length !== 33 || bytes[0] !== kind) return null;
  const key = as(name, bytes.subarray(1));
  return key.id === id ? key : null;
}

/** The key as Node.js verifies by it. */
export const verifyingKey = ({ publicKey }: NoteKey): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: "der", type: "spki" });

/** Reads an Ed25519 private key (PKCS #8, PEM). @throws when it is none */
export function readPrivateKey(pem: string): { privateKey: KeyObject; publicKey: Buffer } {
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== "ed25519") throw new Error("is no Ed25519 key");
  const spki = createPublicKey(privateKey).export({ type: "spki", format: "der" });
  return { privateKey, publicKey: spki.subarray(SPKI.length) };
}

/** The text that a signature is over: each line ends with a line feed, the last is the time of sealing. */
const textOf = ({ origin, size, root, sealedAt }: Checkpoint): string =>
  `${origin}\n${size}\n${root.toString("base64")}\nsealed ${sealedAt.toISOString()}\n`;

/** The same bytes each time: an Ed25519 signature has no chance in it. */
export function signCheckpoint(
  checkpoint: Checkpoint,
  key: NoteKey,
  privateKey: KeyObject,
): string {
  const text = textOf(checkpoint);
  const signature = sign(null, Buffer.from(text), privateKey);
  const line = Buffer.concat([Buffer.from(key.id, "hex"), signature]).toString("base64");
  return `${text}\n— ${key.name} ${line}\n`;
}

/** What a note says, whoever signed it; null where it is not exactly as `signCheckpoint` writes one. */
export function readCheckpoint(note: string): (Checkpoint & { keyId: string }) | null {
  const [, origin = "", size, root = "", sealedAt = "", signature = ""] = NOTE.exec(note) ?? [];
  const checkpoint = {
    ...{ origin, size: Number(size), root: Buffer.from(root, "base64") },
    sealedAt: new Date(sealedAt),
  };
  if (Number.isNaN(checkpoint.sealedAt.getTime())) return null;
  if (!note.startsWith(`${textOf(checkpoint)}\n`)) return null;
  return { ...checkpoint, keyId: Buffer.from(signature, "base64").toString("hex", 0, ID_BYTES) };
}

export function isSignedBy(note: string, key: NoteKey): boolean {
  const [text, line] = note.split("\n\n");
  const [, name, signature = ""] = SIGNATURE.exec(line?.trimEnd() ?? "") ?? [];
  const bytes = Buffer.from(signature, "base64");
  if (name !== key.name || bytes.toString("base64") !== signature) return false;
  if (bytes.subarray(0, ID_BYTES).toString("hex") !== key.id) return false;
  return verify(null, Buffer.from(`${text}\n`), verifyingKey(key), bytes.subarray(ID_BYTES));
}
