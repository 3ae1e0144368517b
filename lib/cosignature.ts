import { type KeyObject, sign, verify } from "node:crypto";

import { sha256 } from "./merkle";
import { type NoteKey, readNoteLine, verifyingKey } from "./signed-note";

/**
 * A witness's word that a checkpoint goes on from all it has signed before (c2sp.org/tlog-cosignature,
 * Ed25519): a line below the note, with the second in which it was given.
 */
const COSIGNATURE = 4;
const ID_BYTES = 4;
const TIME_BYTES = 8;
const LINE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/;

export function witnessKey(name: string, publicKey: Buffer): NoteKey {
  const id = sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(COSIGNATURE), publicKey]));
  return { name, publicKey, id: id.subarray(0, ID_BYTES).toString("hex") };
}

/** The witness's key in one line, as its operator hands it out. */
export const witnessLine = ({ name, id, publicKey }: NoteKey): string =>
  `${name}+${id}+${Buffer.concat([Buffer.of(COSIGNATURE), publicKey]).toString("base64")}`;

/** Reads such a line; null where it is none, or of another kind of key. */
export const readWitnessLine = (line: string): NoteKey | null =>
  readNoteLine(line, witnessKey, COSIGNATURE);

/** What a note says, without the lines of its signatures. */
const textOf = (note: string): string => note.slice(0, note.indexOf("\n\n") + 1);
const messageOf = (note: string, seconds: bigint): Buffer =>
  Buffer.from(`cosignature/v1\ntime ${seconds}\n${textOf(note)}`);

/** The line that cosigns a note at a moment. */
export function cosign(
  note: string,
  key: NoteKey,
  { by, at }: { by: KeyObject; at: Date },
): string {
  const time = Buffer.alloc(TIME_BYTES);
  const seconds = BigInt(Math.floor(at.getTime() / 1000));
  time.writeBigUInt64BE(seconds);
  const signature = sign(null, messageOf(note, seconds), by);
  const bytes = Buffer.concat([Buffer.from(key.id, "hex"), time, signature]);
  return `— ${key.name} ${bytes.toString("base64")}`;
}

/** When a line cosigned a note; null where it is not this key's word for this note. */
export function cosignedAt(note: string, line: string, key: NoteKey): Date | null {
  const [, name, encoded = ""] = LINE.exec(line) ?? [];
  const bytes = Buffer.from(encoded, "base64");
  if (name !== key.name || bytes.toString("base64") !== encoded) return null;
  if (bytes.length !== ID_BYTES + TIME_BYTES + 64) return null;
  if (bytes.toString("hex", 0, ID_BYTES) !== key.id) return null;
  const seconds = bytes.readBigUInt64BE(ID_BYTES);
  const signature = bytes.subarray(ID_BYTES + TIME_BYTES);
  const isGood = verify(null, messageOf(note, seconds), verifyingKey(key), signature);
  return isGood ? new Date(Number(seconds) * 1000) : null;
}
