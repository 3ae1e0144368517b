import type { PushMessage } from "./post";

/** What of a service worker is used here; its types in full stand against those of pages. */
type Tab = { url: string; focus: () => Promise<unknown> };
type Waiting = { waitUntil: (work: Promise<unknown>) => void };
type Subscription = {
  endpoint: string;
  options: { applicationServerKey: ArrayBuffer | null };
  toJSON: () => { keys?: Record<string, string> };
};
type Events = {
  pushsubscriptionchange: Waiting & {
    oldSubscription?: Subscription | null;
    newSubscription?: Subscription | null;
  };
  push: Waiting & { data: { json: () => unknown } | null };
  notificationclick: Waiting & {
    notification: { data: { url: string }; close: () => void };
  };
};
declare const self: {
  registration: {
    showNotification: (title: string, options: object) => Promise<void>;
    pushManager: { subscribe: (options: object) => Promise<Subscription> };
  };
  clients: {
    matchAll: (which: { type: "window" }) => Promise<readonly Tab[]>;
    openWindow: (url: string) => Promise<unknown>;
  };
  addEventListener: <Name extends keyof Events>(
    name: Name,
    act: (event: Events[Name]) => void,
  ) => void;
};

/**
 * Shows in a browser what is pushed to it (`/push.js`). It keeps nothing, reads nothing of the portal
 * and serves no page: without it every page is what it was.
 */
self.addEventListener("push", (event) => {
  // Encrypted for this browser alone, so it is ours; what holds no message shows nothing.
  const message = event.data?.json() as PushMessage | undefined;
  if (!message) return;
  const { title, body, tag, lang, url, isUrgent } = message;
  event.waitUntil(
    self.registration.showNotification(title, {
      ...{ body, tag, lang, icon: "/icon.svg", data: { url } },
      requireInteraction: isUrgent,
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  const { notification } = event;
  notification.close();
  event.waitUntil(open(notification.data.url));
});

/** The push service has ended the subscription, or given it another address: the portal hears of what holds now. */
self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(renew(event.newSubscription ?? null, event.oldSubscription ?? null));
});

async function renew(now: Subscription | null, before: Subscription | null): Promise<void> {
  const applicationServerKey = before?.options.applicationServerKey;
  const held =
    now ??
    (applicationServerKey &&
      (await self.registration.pushManager.subscribe({
        ...{ userVisibleOnly: true, applicationServerKey },
      })));
  if (!held) return;
  const { p256dh, auth } = held.toJSON().keys ?? {};
  await fetch("/api/push-subscription", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ address: held.endpoint, p256dh, auth }),
  });
}

/** The tab that shows it already, or a new one. */
async function open(url: string): Promise<void> {
  const tabs = await self.clients.matchAll({ type: "window" });
  const shown = tabs.find((tab) => tab.url === url);
  await (shown ? shown.focus() : self.clients.openWindow(url));
}
