import { z } from "zod";

import { pushPublicKey } from "./web-push";

/** Whether P-256 has a public key to it. */
function isPushKey(key: string): boolean {
  try {
    return pushPublicKey(key).length > 0;
  } catch {
    return false;
  }
}

export const PUSH_VARIABLES = {
  PUSH_KEY: z
    .string()
    .regex(
      /^[A-Za-z0-9_-]{43}=?$/,
      "must be 32 bytes in base64url, e.g. openssl rand -base64 32 | tr +/ -_",
    )
    .refine(isPushKey, "must be a private key of P-256; make another")
    .optional()
    .describe(
      "Private key of 32 bytes (base64url) by which browsers and push services know the portal (VAPID). Another one ends every browser's pushes until its person turns them on anew; unset, nothing is pushed to browsers and the settings say so.",
    ),
};
