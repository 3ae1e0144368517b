import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

import { env } from "@/lib/env";

const NONCE = 12;
const TAG = 16;

/**
 * Encrypts bytes or text for rest in the database: AES-256-GCM under DATA_KEY, as nonce, tag and
 * ciphertext. `context` (a record's kind, "request.facts") is authenticated with it, so that what
 * was sealed for one place does not open in another.
 */
export function seal(plain: Uint8Array | string, context: string): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", key(), nonce).setAAD(Buffer.from(context));
  const content = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), content]);
}

/** Opens what `seal` made. @throws when it was changed, or sealed with another key or context */
export function unseal(sealed: Buffer, context: string): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key(), sealed.subarray(0, NONCE))
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]);
}

export const unsealText = (sealed: Buffer, context: string): string =>
  unseal(sealed, context).toString("utf8");

const key = (): Buffer => Buffer.from(env().DATA_KEY, "base64url");
