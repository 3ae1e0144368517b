import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";

import { normaliseEmail } from "@/lib/email-address";

/** Seconds: how long a token of the console may live, and how far two clocks may be apart. */
const LONGEST_LIFE = 600;
const SKEW = 60;

const header = z.object({ alg: z.literal("HS256") });
const claims = z.object({
  sub: z.string().max(254),
  aud: z.union([z.string(), z.array(z.string())]),
  iat: z.number(),
  exp: z.number(),
});

type Expected = { key: string; audience: string; now: Date };

/**
 * The address of the person that the console's server names in a token (RFC 7519, HS256); null where
 * it is not signed by the key, is for another audience, has ended, or would live longer than ten minutes.
 */
export function readConsoleToken(token: string, { key, audience, now }: Expected): string | null {
  const [head = "", body = "", signature = ""] = token.split(".");
  if (token.split(".").length !== 3 || !isSigned(`${head}.${body}`, signature, key)) return null;
  const said = claims.safeParse(readPart(body));
  if (!header.safeParse(readPart(head)).success || !said.success) return null;
  const { sub, aud } = said.data;
  return isTimely(said.data, now) && [aud].flat().includes(audience) ? normaliseEmail(sub) : null;
}

function isTimely({ iat, exp }: z.output<typeof claims>, now: Date): boolean {
  const seconds = now.getTime() / 1000;
  return exp > seconds && iat <= seconds + SKEW && exp - iat <= LONGEST_LIFE;
}

const signatureOf = (text: string, key: string) => createHmac("sha256", key).update(text).digest();

function isSigned(text: string, signature: string, key: string): boolean {
  const [given, right] = [Buffer.from(signature, "base64url"), signatureOf(text, key)];
  return given.length === right.length && timingSafeEqual(given, right);
}

function readPart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
