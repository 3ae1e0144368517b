import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

import { env } from "@/lib/env";

/** The first byte of a sealed value that names its key. */
const VERSION = 1;
const KEY_ID = 4;
const NONCE = 12;
const TAG = 16;

/** Bytes at the beginning of a sealed value that say by which key it was sealed. */
export const MARK = 1 + KEY_ID;

/**
 * Encrypts bytes or text for rest in the database: AES-256-GCM under DATA_KEY, as version, key id,
 * nonce, tag and ciphertext. `context` (a record's kind, "request.facts") is authenticated with it,
 * so that what was sealed for one place does not open in another.
 */
export function seal(plain: Uint8Array | string, context: string): Buffer {
  const key = keyOf(env().DATA_KEY);
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  const content = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([markOf(key), nonce, cipher.getAuthTag(), content]);
}

/**
 * Opens what `seal` made, by DATA_KEY or one of DATA_KEY_OTHERS. What was sealed before values named
 * their keys begins with its nonce, and is tried with each.
 * @throws when it was changed, or sealed with another key or context
 */
export function unseal(sealed: Buffer, context: string): Buffer {
  const { DATA_KEY, DATA_KEY_OTHERS } = env();
  const keys = [DATA_KEY, ...DATA_KEY_OTHERS].map(keyOf);
  const named = keys.find((key) => markOf(key).equals(sealed.subarray(0, MARK)));
  const tries = [
    ...(named ? [() => open(named, sealed.subarray(MARK), context)] : []),
    ...keys.map((key) => () => open(key, sealed, context)),
  ];
  let failure: unknown;
  for (const attempt of tries) {
    try {
      return attempt();
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}

export const unsealText = (sealed: Buffer, context: string): string =>
  unseal(sealed, context).toString("utf8");

/** How a value begins that DATA_KEY has sealed. */
export const currentMark = (): Buffer => markOf(keyOf(env().DATA_KEY));

function open(key: Buffer, body: Buffer, context: string): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, body.subarray(0, NONCE))
    .setAAD(Buffer.from(context))
    .setAuthTag(body.subarray(NONCE, NONCE + TAG));
  return Buffer.concat([decipher.update(body.subarray(NONCE + TAG)), decipher.final()]);
}

/** A key's id is the beginning of its hash, which tells nothing of 256 random bits. */
const markOf = (key: Buffer): Buffer =>
  Buffer.concat([
    Buffer.of(VERSION),
    createHash("sha256").update("key id").update(key).digest().subarray(0, KEY_ID),
  ]);

const keyOf = (given: string): Buffer => Buffer.from(given, "base64url");
