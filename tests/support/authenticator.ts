import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";

import type { PasskeyQuestion } from "@/domain/access/ask-passkey";
import { env } from "@/lib/env";

const [PRESENT, VERIFIED, WITH_KEY] = [0x01, 0x04, 0x40];

type Tamper = {
  origin?: string;
  challenge?: string;
  host?: string;
  counter?: number;
  userHandle?: string;
  isVerified?: boolean;
};

/** A security key of software (WebAuthn 6, ES256): what it answers can be forged in each of its parts. */
export function givenAuthenticator() {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const id = randomBytes(16);
  let counter = 0;

  const frame = (type: string, asked: string, tamper: Tamper) => {
    const challenge = tamper.challenge ?? asked;
    const origin = tamper.origin ?? env().APP_ORIGIN;
    const data = JSON.stringify({ type, challenge, origin, crossOrigin: false });
    return Buffer.from(data);
  };
  const head = (flags: number, { host, isVerified = true, counter: said }: Tamper) => {
    counter = said ?? counter + 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const known = createHash("sha256").update(host ?? new URL(env().APP_ORIGIN).hostname);
    const set = flags | PRESENT | (isVerified ? VERIFIED : 0);
    return Buffer.concat([known.digest(), Buffer.from([set]), count]);
  };
  const named = () => ({ id: text(id), rawId: text(id), type: "public-key" });

  return {
    id: text(id),
    create(question: PasskeyQuestion, tamper: Tamper = {}): string {
      if (!("create" in question)) throw new Error("no new passkey was asked for");
      const { x = "", y = "" } = publicKey.export({ format: "jwk" });
      const cose = isoCBOR.encode(
        new Map<number, number | Uint8Array>([
          ...([
            [1, 2],
            [3, -7],
            [-1, 1],
          ] as const),
          [-2, bytes(x)],
          [-3, bytes(y)],
        ]),
      );
      const length = Buffer.from([0, id.length]);
      const authData = Buffer.concat([head(WITH_KEY, tamper), Buffer.alloc(16), length, id, cose]);
      const attestation = isoCBOR.encode(
        new Map<string, unknown>([
          ["fmt", "none"],
          ["attStmt", new Map()],
          ["authData", new Uint8Array(authData)],
        ]) as never,
      );
      const clientDataJSON = text(frame("webauthn.create", question.create.challenge, tamper));
      const attestationObject = text(Buffer.from(attestation));
      const response = { clientDataJSON, attestationObject, transports: ["usb"] };
      return JSON.stringify({ ...named(), response, clientExtensionResults: {} });
    },
    get(question: PasskeyQuestion, tamper: Tamper = {}): string {
      if (!("get" in question)) throw new Error("no passkey was asked for");
      const client = frame("webauthn.get", question.get.challenge, tamper);
      const authData = head(0, tamper);
      const hash = createHash("sha256").update(client).digest();
      const signature = sign("sha256", Buffer.concat([authData, hash]), privateKey);
      const { userHandle } = tamper;
      const response = {
        ...{ clientDataJSON: text(client), authenticatorData: text(authData) },
        ...{ signature: text(signature), ...(userHandle && { userHandle }) },
      };
      return JSON.stringify({ ...named(), response, clientExtensionResults: {} });
    },
  };
}

const text = (data: Buffer): string => data.toString("base64url");
const bytes = (encoded: string): Uint8Array => new Uint8Array(Buffer.from(encoded, "base64url"));
