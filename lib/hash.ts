import { createHash } from "node:crypto";

import canonicalize from "canonicalize";

/** SHA-256 of the text's UTF-8 bytes, as 64 lower-case hex digits. */
export function sha256Hex(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/**
 * SHA-256 of the value's canonical JSON (RFC 8785), so that key order never changes the result.
 * Throws for what JSON cannot hold (undefined, a function, NaN, a lone surrogate).
 */
export function hashOf(value: unknown): string {
  const json = canonicalize(value);
  if (json === undefined) throw new TypeError("Only a JSON value has a hash");
  return sha256Hex(json);
}
