import type { BroadcastKind } from "./broadcasts";

/** The shelves of the inbox. */
export const INBOX_CATEGORIES = [
  "policies",
  "incidents",
  "announcements",
  "requests",
  "account",
] as const;
export type InboxCategory = (typeof INBOX_CATEGORIES)[number];

/** Where each kind of message stands; a withdrawal stands where the thing stood that it takes back. */
export const CATEGORY_OF = {
  policy_change: "policies",
  acknowledgement_reminder: "policies",
  acknowledgement_receipt: "policies",
  ask_message: "policies",
  own_policy_reminder: "policies",
  contacts_check: "announcements",
  withdrawal: "withdrawn",
  incident_notice: "incidents",
  notice_look: "incidents",
  wave_stopped: "incidents",
  announcement: "announcements",
  /** As a message they are of incidents alone: other subscribers get mails. */
  bulletin: "incidents",
  /** A mail alone: what it gathers stands among the messages already. */
  digest: "announcements",
  request_update: "requests",
  deregistration_update: "account",
  security_alarm: "account",
  access_update: "account",
  /** Mails alone. */
  checkpoint: "account",
} as const satisfies Record<BroadcastKind, InboxCategory | "withdrawn">;

/** What was done to messages that the reader may take back at once. */
export const INBOX_ACTS = ["read", "archived"] as const;
export type InboxAct = (typeof INBOX_ACTS)[number];
