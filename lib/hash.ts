import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** SHA-256 of bytes, or of a text's UTF-8 bytes, as 64 lower-case hex digits. */
export function sha256Hex(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

/**
 * The value as canonical JSON (RFC 8785): one text for one value, whatever the order of its keys.
 * Throws for what JSON cannot hold (undefined, a function, NaN, a lone surrogate).
 */
export function canonicalJson(value: unknown): string {
  const json = canonicalize(value);
  if (json === undefined) throw new TypeError("Only a JSON value has a hash");
  return json;
}

/** SHA-256 of the value's canonical JSON, so that key order never changes the result. Throws like it. */
export function hashOf(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}
