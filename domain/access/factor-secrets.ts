import { randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";

import { seal, unseal } from "@/lib/seal";
import { sign, type Signer } from "@/lib/signing";

const SEALED_FOR = "factor.secret";
/** 160 bits, as RFC 4226 recommends. */
const KEY_BYTES = 20;
const PERIOD_S = 30;

export const APP_CODE_DIGITS = 6;

export const newAppSecret = (): Buffer => seal(randomBytes(KEY_BYTES), SEALED_FOR);

/** The key as it is typed into an app. */
export const appKey = (sealed: Buffer): string => secretIn(sealed).base32;

/** What an app reads from the picture. */
export const appAddress = (
  sealed: Buffer,
  { issuer, label }: { issuer: string; label: string },
): string => new TOTP({ issuer, label, secret: secretIn(sealed) }).toString();

/** The code an app shows at a moment. */
export const appCode = (sealed: Buffer, now: Date): string =>
  TOTP.generate({ secret: secretIn(sealed), timestamp: now.getTime() });

/** The step a code belongs to, for clocks half a minute off; null for a wrong one. */
export function stepOf(sealed: Buffer, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = TOTP.validate({ token: code, secret: secretIn(sealed), timestamp, window: 1 });
  return delta === null ? null : TOTP.counter({ timestamp, period: PERIOD_S }) + delta;
}

const secretIn = (sealed: Buffer): Secret => {
  const bytes = unseal(sealed, SEALED_FOR);
  return new Secret({ buffer: new Uint8Array(bytes).buffer });
};

/** Without I, L, O and U, which are misread or spell words (Crockford). */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LETTERS = 12;

/** 60 bits, in three groups. */
export function newRecoveryCode(): string {
  const letters = Array.from(randomBytes(CODE_LETTERS), (byte) => ALPHABET[byte % 32]).join("");
  return letters.replaceAll(/(.{4})(?=.)/g, "$1-");
}

/** What is stored of a recovery code, however it was typed. */
export function hashRecoveryCode(userId: string, typed: string, by: Signer = sign): string {
  const letters = typed
    .normalize("NFKC")
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, "");
  const read = letters.replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return by(`recovery:${userId}:${read}`).toString("base64url");
}
