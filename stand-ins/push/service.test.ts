import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";

import { encryptPush, MOST_PUSHED_TEXT, pushPublicKey, vouch } from "@/lib/web-push";

import { opened, pushService } from "./service";

const ORIGIN = "https://push.example";
const [KEY, OTHER] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString("base64url"));
const BROWSER = {
  key: Buffer.from("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94", "base64url"),
  auth: Buffer.from("BTBZMqHH6r4Tts7J_aSIgg", "base64url"),
};

const service = pushService(() => ORIGIN);

type Wish = Partial<Parameters<typeof vouch>[0]> & {
  text?: string;
  headers?: Record<string, string>;
};

/** Posts a message to a browser of its sender, with what a wish changes of it. */
function post({ text = "收到", headers = {}, ...voucher }: Wish = {}) {
  const { endpoint, keys } = service.subscribe(pushPublicKey(KEY!));
  const said = { key: KEY!, address: endpoint, contact: "mailto:a@b.example", now: new Date() };
  return service.take({
    path: new URL(endpoint).pathname,
    headers: {
      ...{ authorization: vouch({ ...said, ...voucher }), ttl: "60" },
      ...{ "content-encoding": "aes128gcm", ...headers },
    },
    body: encryptPush(text, keys),
  });
}

test("the example of RFC 8291 is read, and what the package web-push wrote", () => {
  const [example = "", packaged = ""] = [
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
    "F8oCul1afkCYgfDQ2CRVIgAAEABBBFNYRXphES9Pebrry76kj0RBmgAQccr4ctODPbXfsrpx2NjtDgqVFzhMn4M1xPTlU8ImsuiAmpCX9oEpzTVvip6Y0hcrMZcghM1t86y7pUjZpH18vbQaIPkFVQFdxEiSTOWevNojx_fjNsqajw",
  ].map((text) => opened(Buffer.from(text, "base64url"), BROWSER) ?? undefined);
  expect(example).toBe("When I grow up, I want to be a watermelon");
  expect(packaged).toBe("云桥科技：安全事件");
  expect(opened(Buffer.alloc(200), BROWSER)).toBeNull();
});

test("a message of its sender is read, the longest too; a longer one is too long", () => {
  expect(post()).toEqual({ status: 201, text: "收到" });
  const text = "a".repeat(MOST_PUSHED_TEXT);
  expect(post({ text })).toEqual({ status: 201, text });
  expect(post({ text: `${text}a` })).toMatchObject({ status: 413 });
});

const stranger = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({
  format: "jwk",
}).d!;
const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);

test.each<[string, Wish, number]>([
  ["of another sender", { key: OTHER! }, 403],
  ["of a stranger", { key: stranger }, 403],
  ["for another service", { address: "https://other.example/push/1" }, 401],
  ["of yesterday", { now: ago(24) }, 401],
  ["of days ahead", { now: ago(-48) }, 401],
  ["of nobody who can be reached", { contact: "somebody" }, 401],
  ["without a voucher", { headers: { authorization: "" } }, 401],
  ["with a forged one", { headers: { authorization: forged() } }, 401],
  ["without a time to live", { headers: { ttl: "" } }, 400],
  ["in another encoding", { headers: { "content-encoding": "aesgcm" } }, 400],
])("a message %s is refused", (_what, wish, status) => {
  expect(post(wish)).toMatchObject({ status });
});

/** Somebody else's signature under the sender's key. */
function forged(): string {
  const said = { address: ORIGIN, contact: "mailto:a@b.example", now: new Date() };
  return vouch({ ...said, key: OTHER! }).replace(/k=.*$/, `k=${pushPublicKey(KEY!)}`);
}

test("nobody listens at an address that was never given out, or whose consent was taken back", () => {
  const { endpoint } = service.subscribe(pushPublicKey(KEY!));
  const given = { headers: {}, body: Buffer.alloc(0) };
  expect(service.take({ ...given, path: "/push/none" }).status).toBe(404);
  service.end(endpoint);
  expect(service.take({ ...given, path: new URL(endpoint).pathname }).status).toBe(410);
});
