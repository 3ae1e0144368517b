/** Where the reader's browser stands. */
export type PushState = "unsupported" | "denied" | "off" | "on";
export type Subscribed = { endpoint: string; p256dh: string; auth: string };

type Known = {
  /** By which the browser's push service knows the portal, base64url. */
  publicKey: string;
  /** SHA-256 of the addresses that stand for the reader, in hex. */
  standing: readonly string[];
};

const SCRIPT = "/push.js";

/** Subscribed under another key than ours nothing arrives any more: it is off, to be turned on anew. */
export async function stateNow({ publicKey, standing }: Known): Promise<PushState> {
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window))
    return "unsupported";
  if (Notification.permission === "denied") return "denied";
  const registration = await navigator.serviceWorker.getRegistration("/");
  const subscription = await registration?.pushManager.getSubscription();
  if (!subscription || Notification.permission !== "granted") return "off";
  if (!isUnder(subscription, publicKey)) return "off";
  return standing.includes(await hashOf(new URL(subscription.endpoint).href)) ? "on" : "off";
}

/** Some browsers do not say under which key. */
function isUnder({ options }: PushSubscription, publicKey: string): boolean {
  const key = options.applicationServerKey;
  return !key || base64url(key) === publicKey;
}

/** A subscription under this key; one under a key before is given up. */
export async function subscribed(publicKey: string): Promise<Subscribed> {
  await navigator.serviceWorker.register(SCRIPT);
  const { pushManager } = await navigator.serviceWorker.ready;
  const before = await pushManager.getSubscription();
  const key = before?.options.applicationServerKey;
  if (before && base64url(key) !== publicKey) await before.unsubscribe();
  const subscription = await pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  const { endpoint } = subscription;
  return {
    endpoint,
    p256dh: base64url(subscription.getKey("p256dh")),
    auth: base64url(subscription.getKey("auth")),
  };
}

const base64url = (bytes: ArrayBuffer | null | undefined): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0))))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

async function hashOf(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
