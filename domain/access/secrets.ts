import { createHash, randomBytes } from "node:crypto";

import { sign, type Signer } from "@/lib/signing";

/** The token in the link of a sign-in mail: derived, so that it is stored nowhere and a re-sent mail is the same. */
export function signInToken(requestId: string, by: Signer = sign): string {
  return by(`link:${requestId}`).toString("base64url");
}

/** The token in the link that confirms a subscription: of another purpose, so that it signs nobody in. */
export const subscriptionToken = (requestId: string, by: Signer = sign): string =>
  by(`subscription:${requestId}`).toString("base64url");

/** The eight digits of a sign-in mail. */
export function signInCode(requestId: string, by: Signer = sign): string {
  const number = by(`code:${requestId}`).readBigUInt64BE(0) % 100_000_000n;
  return number.toString().padStart(8, "0");
}

export const CODE_DIGITS = 8;

/** The digits somebody typed or pasted, whatever stands between them. */
export const digitsOf = (typed: string): string => typed.normalize("NFKC").replaceAll(/\D/g, "");

/** A mailbox, a network or a person as it is counted: told apart by nobody who lacks AUTH_SECRET. */
export const countingKey = (
  of: "inbox" | "network" | "person",
  value: string,
  by: Signer = sign,
): string => by(`${of}:${value}`).toString("base64url");

/** The key that opens the certificate of a deregistration to who has no account any more. */
export function certificateKey(number: string, by: Signer = sign): string {
  return by(`certificate:${number}`).toString("base64url");
}

/** A new session's token, for the cookie; only its hash is stored. */
export const newSessionToken = (): string => randomBytes(32).toString("base64url");

export const hashSessionToken = (token: string): string =>
  createHash("sha256").update(token).digest("hex");
