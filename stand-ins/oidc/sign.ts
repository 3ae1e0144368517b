import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

const KEY_ID = "stand-in-1";

export type Signer = ReturnType<typeof createSigner>;

/** A fresh RSA key that signs tokens with RS256 (RFC 7518 3.3), and its public half for /jwks. */
export function createSigner() {
  const { privateKey, publicKey } = freshPair();
  return {
    jwks: {
      keys: [{ ...publicKey.export({ format: "jwk" }), kid: KEY_ID, use: "sig", alg: "RS256" }],
    },
    sign: (claims: object) => signed(claims, privateKey),
    /** Signs with a key nobody knows, under the name of the known one. */
    forge: (claims: object) => signed(claims, freshPair().privateKey),
  };
}

const freshPair = () => generateKeyPairSync("rsa", { modulusLength: 2048 });

function signed(claims: object, key: KeyObject): string {
  const head = encode({ alg: "RS256", typ: "JWT", kid: KEY_ID });
  const content = `${head}.${encode(claims)}`;
  return `${content}.${sign("sha256", Buffer.from(content), key).toString("base64url")}`;
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
