import { createHmac } from "node:crypto";

/** Seconds the portal lets a token live at most. */
const LIFE = 600;

/** The token for gaozhi-bell.js as a console's server signs it (RFC 7519, HS256; docs/api.md). */
export function signConsoleToken(
  email: string,
  { key, audience, now }: { key: string; audience: string; now: Date },
): string {
  const iat = Math.floor(now.getTime() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { sub: email, aud: audience, iat, exp: iat + LIFE };
  const text = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
}
