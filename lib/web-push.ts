import {
  createCipheriv,
  createECDH,
  createPrivateKey,
  hkdfSync,
  randomBytes,
  sign,
} from "node:crypto";

/** What a browser hands out with its subscription, in base64url: its point on P-256, and a shared secret. */
export type PushKeys = { p256dh: string; auth: string };

/** Bytes a push service takes at least (RFC 8030, 7.2), and what the encryption adds to a message. */
export const MOST_PUSHED = 4096;
const OVERHEAD = 16 + 4 + 1 + 65 + 1 + 16;
export const MOST_PUSHED_TEXT = MOST_PUSHED - OVERHEAD;

const RECORD_SIZE = 4096;
/** After the last byte of the last record (RFC 8188, 2). */
const END = Buffer.from([2]);
const bytesOf = (text: string): Buffer => Buffer.from(text, "base64url");

/** What is drawn for each message; given in tests alone. */
type Drawn = { salt: Buffer; key: Buffer };
const draw = (): Drawn => ({ salt: randomBytes(16), key: pair().getPrivateKey() });

/**
 * Encrypts a message for one browser, as one record of `aes128gcm` (RFC 8291, 8188): the service in
 * between sees its size and no more. @throws where the keys are no keys
 */
export function encryptPush(text: string, keys: PushKeys, { salt, key }: Drawn = draw()): Buffer {
  const theirs = bytesOf(keys.p256dh);
  const ours = pair(key);
  const mine = ours.getPublicKey();
  const both = Buffer.concat([Buffer.from("WebPush: info\0"), theirs, mine]);
  const shared = derive(ours.computeSecret(theirs), { salt: bytesOf(keys.auth), info: both }, 32);
  const named = (name: string) => ({ salt, info: Buffer.from(`Content-Encoding: ${name}\0`) });
  const cipher = createCipheriv(
    "aes-128-gcm",
    derive(shared, named("aes128gcm"), 16),
    derive(shared, named("nonce"), 12),
  );
  const size = Buffer.alloc(4);
  size.writeUInt32BE(RECORD_SIZE);
  return Buffer.concat([
    ...[salt, size, Buffer.from([mine.length]), mine],
    ...[cipher.update(text, "utf8"), cipher.update(END), cipher.final(), cipher.getAuthTag()],
  ]);
}

type Derivation = { salt: Buffer; info: Buffer };
const derive = (from: Buffer, { salt, info }: Derivation, bytes: number): Buffer =>
  Buffer.from(hkdfSync("sha256", from, salt, info, bytes));

/** A pair of keys on P-256, new or of a private one. */
function pair(key?: Buffer) {
  const made = createECDH("prime256v1");
  if (key) made.setPrivateKey(key);
  else made.generateKeys();
  return made;
}

/** Whether these are keys that something can be encrypted for. */
export function arePushKeys({ p256dh, auth }: PushKeys): boolean {
  try {
    pair().computeSecret(bytesOf(p256dh));
    return bytesOf(auth).length === 16;
  } catch {
    return false;
  }
}

/** The public key by which browsers know a sender, of the private one (both base64url). @throws where it is none */
export const pushPublicKey = (key: string): string => pair(bytesOf(key)).getPublicKey("base64url");

/** Half a day: push services take a day at most. */
const HOLDS_S = 12 * 3600;

type Voucher = { key: string; address: string; contact: string; now: Date };

/** Who sends, to whom and until when: the header that a push service asks for (VAPID, RFC 8292). */
export function vouch({ key, address, contact, now }: Voucher): string {
  const publicKey = pushPublicKey(key);
  const point = bytesOf(publicKey);
  const signer = createPrivateKey({
    format: "jwk",
    key: {
      ...{ kty: "EC", crv: "P-256", d: key.replace(/=+$/, "") },
      x: point.subarray(1, 33).toString("base64url"),
      y: point.subarray(33).toString("base64url"),
    },
  });
  const exp = Math.floor(now.getTime() / 1000) + HOLDS_S;
  const claims = [
    { typ: "JWT", alg: "ES256" },
    { aud: new URL(address).origin, exp, sub: contact },
  ];
  const content = claims
    .map((one) => Buffer.from(JSON.stringify(one)).toString("base64url"))
    .join(".");
  const signature = sign("sha256", Buffer.from(content), {
    key: signer,
    dsaEncoding: "ieee-p1363",
  });
  return `vapid t=${content}.${signature.toString("base64url")}, k=${publicKey}`;
}
