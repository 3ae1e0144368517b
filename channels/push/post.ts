import { createHash } from "node:crypto";
import { z } from "zod";

import { env } from "@/lib/env";
import { encryptPush, vouch } from "@/lib/web-push";

import type { Channel } from "../channel";
import { cardOf } from "../robot";

/** Enough for what a notification shows; all of it fits into what every push service takes. */
const MOST_TEXT_BYTES = 1500;
/** Seconds a push service keeps it for a browser that is off: longer, and the mail has been read. */
const KEPT_S = 3 * 86_400;
const MOST_WAIT_S = 3600;

const keysOf = z.object({ p256dh: z.string(), auth: z.string() });
const urgencyOf = z.object({ isUrgent: z.boolean() });

/** What `push/worker.ts` shows in the reader's browser. */
export type PushMessage = {
  /** Names the broadcast: a repeated message takes the place of the first. */
  tag: string;
  title: string;
  body: string;
  lang: string;
  url: string;
  isUrgent: boolean;
};

/** A notification in a person's browser (RFC 8030, 8291, 8292). */
export const push: Channel = {
  compose: (telling) => {
    const { title, isUrgent, text, button } = cardOf(telling, { most: MOST_TEXT_BYTES });
    const message: PushMessage = {
      ...{ tag: telling.id, title, body: text, lang: telling.locale, url: button.url, isUrgent },
    };
    return JSON.stringify(message);
  },

  request: (body, { address, secrets: [keys = ""], id, now }) => {
    const { PUSH_KEY: key, PRIVACY_CONTACT } = env();
    const contact = `mailto:${PRIVACY_CONTACT}`;
    return {
      url: address,
      headers: {
        ...{ "content-type": "application/octet-stream", "content-encoding": "aes128gcm" },
        ttl: String(KEPT_S),
        urgency: urgencyOf.parse(JSON.parse(body)).isUrgent ? "high" : "normal",
        // Of what waits for a browser that is off, the later of one topic takes the earlier's place.
        topic: createHash("sha256").update(id).digest("base64url").slice(0, 32),
        // Turned off meanwhile: then it is refused, and says so.
        ...(key && { authorization: vouch({ key, address, contact, now }) }),
      },
      body: encryptPush(body, keysOf.parse(JSON.parse(keys))),
    };
  },

  read: ({ status, headers }) => {
    const reason = `HTTP ${status}`;
    if (status >= 200 && status < 300) return { kind: "delivered" };
    // The consent was taken back in the browser, or the browser is no more (RFC 8030, 7.3).
    if (status === 404 || status === 410) return { kind: "gone", reason };
    const seconds = Number(headers["retry-after"]);
    const wait = seconds > 0 && { retryAfterMs: Math.min(seconds, MOST_WAIT_S) * 1000 };
    if (status === 429 || status >= 500) return { kind: "retry", reason, ...wait };
    return { kind: "failed", reason };
  },
};
