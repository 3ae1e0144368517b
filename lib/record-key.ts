import { generateKeyPairSync, type KeyObject } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

import { readPrivateKey } from "./signed-note";

/**
 * What signs the record, and what it signed last: kept beside the key, outside of the database, so
 * that whoever rules the database can neither sign nor take back what was signed.
 */
export type RecordSigner = {
  privateKey: KeyObject;
  publicKey: Buffer;
  /** The last note signed here; null where there is none. */
  last(): string | null;
  /** Replaces it, whole or not at all. */
  keep(note: string): void;
};

/** @throws when the file cannot be read, is no key, or is open to others than its owner */
export function openRecordSigner(file: string): RecordSigner {
  const isOpen = process.platform !== "win32" && (fs.statSync(file).mode & 0o077) !== 0;
  if (isOpen) throw new Error(`${file} may be read by others than its owner; chmod 600 it`);
  const memory = lastSignedFile(file);
  return {
    ...readPrivateKey(fs.readFileSync(file, "utf8")),
    last: () => (fs.existsSync(memory) ? fs.readFileSync(memory, "utf8") : null),
    keep: (note) => replaceFile(memory, note),
  };
}

/** Where the last signed note of a key file is kept. */
export const lastSignedFile = (keyFile: string): string => `${keyFile}.last`;

/** Makes a key where there is none. @returns whether it was made */
export function makeRecordKey(file: string): boolean {
  if (fs.existsSync(file)) return false;
  const { privateKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ type: "pkcs8", format: "pem" });
  fs.writeFileSync(file, pem, { mode: 0o600, flag: "wx" });
  return true;
}

/** Puts a key aside with what it signed last, under its id, and makes a new one in its place. */
export function replaceRecordKey(file: string, id: string): void {
  fs.renameSync(lastSignedFile(file), lastSignedFile(`${file}.${id}`));
  fs.renameSync(file, `${file}.${id}`);
  makeRecordKey(file);
}

/** Everything that was signed last beside a key file, by its key and by those put aside. */
export function notesBeside(file: string): string[] {
  const name = path.basename(file);
  return fs
    .readdirSync(path.dirname(file))
    .filter((one) => one.startsWith(name) && one.endsWith(".last"))
    .map((one) => fs.readFileSync(path.join(path.dirname(file), one), "utf8"));
}

/** A reader sees the old content or the new, also after the machine lost its power. */
function replaceFile(file: string, content: string): void {
  const draft = `${file}.${process.pid}`;
  const handle = fs.openSync(draft, "w", 0o600);
  fs.writeSync(handle, content);
  fs.fsyncSync(handle);
  fs.closeSync(handle);
  fs.renameSync(draft, file);
}
