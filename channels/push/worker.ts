import type { PushMessage } from "./post";

/** What of a service worker is used here; its types in full stand against those of pages. */
type Tab = { url: string; focus: () => Promise<unknown> };
type Waiting = { waitUntil: (work: Promise<unknown>) => void };
type Events = {
  push: Waiting & { data: { json: () => unknown } | null };
  notificationclick: Waiting & {
    notification: { data: { url: string }; close: () => void };
  };
};
declare const self: {
  registration: { showNotification: (title: string, options: object) => Promise<void> };
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
 * Shows in a browser what is pushed to it (`/push.js`). It keeps nothing, fetches nothing and serves no
 * page: without it every page is what it was.
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

/** The tab that shows it already, or a new one. */
async function open(url: string): Promise<void> {
  const tabs = await self.clients.matchAll({ type: "window" });
  const shown = tabs.find((tab) => tab.url === url);
  await (shown ? shown.focus() : self.clients.openWindow(url));
}
