import { afterEach, expect, test, vi } from "vitest";

import { sha256Hex } from "@/lib/hash";
import { pushPublicKey } from "@/lib/web-push";

import { stateNow } from "./push-here";

const keyOf = (fill: number) => pushPublicKey(Buffer.alloc(32, fill).toString("base64url"));
const [OURS, BEFORE] = [keyOf(7), keyOf(8)];
const ENDPOINT = "https://push.example/one";
const STANDING = [sha256Hex(ENDPOINT)];

afterEach(() => vi.unstubAllGlobals());

/** A browser that is subscribed under a key. */
function givenSubscribed(key: string | null) {
  const bytes = key && Uint8Array.from(Buffer.from(key, "base64url")).buffer;
  const subscription = { endpoint: ENDPOINT, options: { applicationServerKey: bytes } };
  const pushManager = { getSubscription: () => Promise.resolve(subscription) };
  const getRegistration = () => Promise.resolve({ pushManager });
  vi.stubGlobal("window", { PushManager: {}, Notification: {} });
  vi.stubGlobal("navigator", { serviceWorker: { getRegistration } });
  vi.stubGlobal("Notification", { permission: "granted" });
}

test("P18: a browser is on where its address stands under our key, and off once another key is ours", async () => {
  givenSubscribed(OURS);
  expect(await stateNow({ publicKey: OURS, standing: STANDING })).toBe("on");
  expect(await stateNow({ publicKey: OURS, standing: [] })).toBe("off");
  givenSubscribed(BEFORE);
  expect(await stateNow({ publicKey: OURS, standing: STANDING })).toBe("off");
  // Some browsers do not say under which key.
  givenSubscribed(null);
  expect(await stateNow({ publicKey: OURS, standing: STANDING })).toBe("on");
});
