import { createHmac } from "node:crypto";

/**
 * The three headers of a Svix webhook: the HMAC of `id.timestamp.body` under the base64 behind
 * `whsec_` (docs.svix.com/receiving/verifying-payloads/how-manual).
 */
export function signedHeaders(event: { id: string; body: string }, secret: string, now: number) {
  const timestamp = String(Math.floor(now / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key)
    .update(`${event.id}.${timestamp}.${event.body}`)
    .digest("base64");
  return {
    "svix-id": event.id,
    "svix-timestamp": timestamp,
    "svix-signature": `v1,${signature}`,
  };
}
