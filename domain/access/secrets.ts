import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

import { env } from "@/lib/env";

/** The token in the link of a sign-in mail: derived, so that it is stored nowhere and a re-sent mail is the same. */
export function signInToken(requestId: string): string {
  return derive(`link:${requestId}`).toString("base64url");
}

/** The eight digits of a sign-in mail. */
export function signInCode(requestId: string): string {
  const number = derive(`code:${requestId}`).readBigUInt64BE(0) % 100_000_000n;
  return number.toString().padStart(8, "0");
}

export const CODE_DIGITS = 8;

/** The digits somebody typed or pasted, whatever stands between them. */
export const digitsOf = (typed: string): string => typed.normalize("NFKC").replaceAll(/\D/g, "");

/** A mailbox, a network or a person as it is counted: told apart by nobody who lacks AUTH_SECRET. */
export const countingKey = (of: "inbox" | "network" | "person", value: string): string =>
  derive(`${of}:${value}`).toString("base64url");

/** The key that opens the certificate of a deregistration to who has no account any more. */
export function certificateKey(number: string): string {
  return derive(`certificate:${number}`).toString("base64url");
}

/** Compares without telling by its time how much was right. */
export function sameSecret(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) => createHash("sha256").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

/** A new session's token, for the cookie; only its hash is stored. */
export const newSessionToken = (): string => randomBytes(32).toString("base64url");

export const hashSessionToken = (token: string): string =>
  createHash("sha256").update(token).digest("hex");

const derive = (purpose: string): Buffer =>
  createHmac("sha256", env().AUTH_SECRET).update(purpose).digest();
