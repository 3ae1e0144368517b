import {
  createDecipheriv,
  createECDH,
  createHmac,
  createPublicKey,
  randomBytes,
  randomUUID,
  verify,
} from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";

const MOST_BYTES = 4096;
const DAY_S = 86_400;

type Browser = {
  key: Buffer;
  auth: Buffer;
  /** The public key of the one sender whose messages it takes (RFC 8292, 4.2). */
  sender: string;
  hasEnded: boolean;
};
/** What a page is given when it subscribes: `PushSubscription.toJSON()`. */
export type Subscription = { endpoint: string; keys: { p256dh: string; auth: string } };
export type Pushed = { status: number; text: string };
/** Where and when: seconds. */
type Place = { origin: string; now: number };
type Given = { path: string; headers: IncomingHttpHeaders; body: Buffer };

/**
 * Stands in for a push service and the browsers that listen to it (RFC 8030, 8291, 8292): it refuses
 * whom it cannot tell for the sender of the subscription, and opens what arrives as a browser does.
 * The derivation of keys is written out here, by HMAC alone, and is no code of who encrypts.
 */
export function pushService(origin: () => string, clock: () => number = Date.now) {
  const browsers = new Map<string, Browser>();
  return {
    /** A browser that takes messages of this sender alone. */
    subscribe(sender: string): Subscription {
      const pair = createECDH("prime256v1");
      const p256dh = pair.generateKeys("base64url");
      const auth = randomBytes(16);
      const path = `/push/${randomUUID()}`;
      browsers.set(path, { key: pair.getPrivateKey(), auth, sender, hasEnded: false });
      return { endpoint: origin() + path, keys: { p256dh, auth: auth.toString("base64url") } };
    },
    /** Somebody took the consent back in the browser. */
    end(endpoint: string): void {
      const browser = browsers.get(new URL(endpoint).pathname);
      if (browser) browser.hasEnded = true;
    },
    /** Takes a message: the status a push service answers with, and the text as the browser reads it. */
    take({ path, headers, body }: Given): Pushed {
      const refused = (status: number): Pushed => ({ status, text: "" });
      const browser = browsers.get(path);
      if (!browser) return refused(404);
      if (browser.hasEnded) return refused(410);
      const place = { origin: origin(), now: clock() / 1000 };
      const sender = senderOf(headers.authorization ?? "", place);
      if (!sender) return refused(401);
      if (sender !== browser.sender) return refused(403);
      if (!isMessage(headers)) return refused(400);
      if (body.length > MOST_BYTES) return refused(413);
      const text = opened(body, browser);
      return text === null ? refused(400) : { status: 201, text };
    },
  };
}

const isMessage = ({ ttl = "", "content-encoding": encoding }: IncomingHttpHeaders): boolean =>
  /^\d+$/.test(String(ttl)) && encoding === "aes128gcm";

/** The public key of a sender whose voucher holds for this service now; null where it does not. */
function senderOf(header: string, place: Place): string | null {
  const [, token = "", key = ""] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(header) ?? [];
  const [head = "", claims = "", signature = ""] = token.split(".");
  const point = Buffer.from(key, "base64url");
  if (point.length !== 65) return null;
  const content = Buffer.from(`${head}.${claims}`);
  if (!isSigned(content, { point, signature: Buffer.from(signature, "base64url") })) return null;
  const claimed = claimsOf.parse(JSON.parse(Buffer.from(claims, "base64url").toString()));
  return isClaimed(claimed, place) ? key : null;
}

const claimsOf = z.object({ aud: z.string(), exp: z.number(), sub: z.string() });

const isClaimed = ({ aud, exp, sub }: z.output<typeof claimsOf>, { origin, now }: Place): boolean =>
  aud === origin && exp > now && exp <= now + DAY_S && /^(?:mailto:|https:)/.test(sub);

type Signed = { point: Buffer; signature: Buffer };

function isSigned(content: Buffer, { point, signature }: Signed): boolean {
  const x = point.subarray(1, 33).toString("base64url");
  const y = point.subarray(33).toString("base64url");
  const publicKey = createPublicKey({ format: "jwk", key: { kty: "EC", crv: "P-256", x, y } });
  return verify("sha256", content, { key: publicKey, dsaEncoding: "ieee-p1363" }, signature);
}

const hmac = (key: Buffer, ...parts: (Buffer | string)[]): Buffer =>
  createHmac("sha256", key)
    .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
    .digest();

/** One record of `aes128gcm`, as the browser with these keys reads it; null where it cannot. */
export function opened(body: Buffer, { key, auth }: Pick<Browser, "key" | "auth">): string | null {
  const salt = body.subarray(0, 16);
  const end = 21 + (body[20] ?? 0);
  const sender = body.subarray(21, end);
  try {
    const own = createECDH("prime256v1");
    own.setPrivateKey(key);
    const secret = hmac(auth, own.computeSecret(sender));
    const info = ["WebPush: info\0", own.getPublicKey(), sender, "\u0001"];
    const derived = hmac(salt, hmac(secret, ...info));
    const cek = hmac(derived, "Content-Encoding: aes128gcm\0\u0001").subarray(0, 16);
    const nonce = hmac(derived, "Content-Encoding: nonce\0\u0001").subarray(0, 12);
    const cipher = createDecipheriv("aes-128-gcm", cek, nonce);
    cipher.setAuthTag(body.subarray(-16));
    const plain = Buffer.concat([cipher.update(body.subarray(end, -16)), cipher.final()]);
    const last = plain.lastIndexOf(2);
    return plain.subarray(last + 1).some((byte) => byte !== 0) || last < 0
      ? null
      : plain.subarray(0, last).toString("utf8");
  } catch {
    return null;
  }
}
