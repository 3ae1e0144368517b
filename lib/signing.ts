import { createHash, createHmac, timingSafeEqual } from "node:crypto";

import { env } from "@/lib/env";

/** HMAC-SHA-256 of a purpose ("link:<id>") under a secret of ours. */
export type Signer = (purpose: string) => Buffer;

/** By AUTH_SECRET: what is made now. */
export const sign: Signer = (purpose) => signerOf(env().AUTH_SECRET)(purpose);

/** Who may have made what is shown to us now: AUTH_SECRET, and for a set time the one before. */
export function signers(): Signer[] {
  const { AUTH_SECRET, AUTH_SECRET_BEFORE } = env();
  return stillValid(AUTH_SECRET, AUTH_SECRET_BEFORE).map(signerOf);
}

/** Whether one of our secrets made this. `make` writes what is expected, in the words of a signer. */
export const isSignedByUs = (given: string, make: (by: Signer) => string): boolean =>
  signers().some((by) => sameSecret(given, make(by)));

/** A secret and, until SECRETS_BEFORE_UNTIL, the one before it. */
export function stillValid(now: string, before: string | undefined): string[] {
  const until = env().SECRETS_BEFORE_UNTIL?.getTime() ?? 0;
  return before !== undefined && Date.now() < until ? [now, before] : [now];
}

/** Compares without telling by its time how much was right. */
export function sameSecret(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) => createHash("sha256").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

const signerOf =
  (secret: string): Signer =>
  (purpose) =>
    createHmac("sha256", secret).update(purpose).digest();
