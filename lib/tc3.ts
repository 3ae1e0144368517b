import { createHash, createHmac } from "node:crypto";

type Signing = {
  /** Names the key to the operator. */
  id: string;
  key: string;
  host: string;
  service: string;
  body: string;
  now: Date;
};

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac("sha256", key).update(text).digest();

export const TC3_TYPE = "application/json; charset=utf-8";

/**
 * The headers that sign a request of JSON by TC3-HMAC-SHA256: content type and host are signed, the moment
 * stands in a header of its own (cloud.tencent.com/document/api/382/52072).
 */
export function signTc3({ id, key, host, service, body, now }: Signing): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const day = now.toISOString().slice(0, 10);
  const scope = `${day}/${service}/tc3_request`;
  const asked = `POST\n/\n\ncontent-type:${TC3_TYPE}\nhost:${host}\n\ncontent-type;host\n${sha256(body)}`;
  const told = `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(asked)}`;
  const ofDay = hmac(hmac(hmac(`TC3${key}`, day), service), "tc3_request");
  const signature = hmac(ofDay, told).toString("hex");
  return {
    "content-type": TC3_TYPE,
    "x-tc-timestamp": timestamp,
    authorization: `TC3-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=content-type;host, Signature=${signature}`,
  };
}
