import { type SQL, sql } from "drizzle-orm";

import { DELIVERY_STATUSES, type DeliveryStatus } from "@/db/vocabulary/broadcasts";

/**
 * How far a delivery is. Provider events come at least once and in any order (Resend's webhook
 * documentation), so a delivery only ever moves to a higher rank; between a delivery and a temporary
 * bounce the later report holds. A complaint follows a delivery.
 */
export const DELIVERY_RANK: Record<DeliveryStatus, number> = {
  queued: 0,
  unknown: 1,
  sent: 2,
  unconfirmed: 3,
  placed: 4,
  delivered: 4,
  deferred: 4,
  bounced: 5,
  failed: 5,
  suppressed: 5,
  cancelled: 5,
  complained: 6,
};

/** What may still become something else by itself: a broadcast ends when none of its mails is there. */
export const OPEN_STATUSES = ["queued", "sent"] as const satisfies readonly DeliveryStatus[];

/** The mail arrived, or nothing speaks against it. */
export const TOLD_STATUSES = [
  "unconfirmed",
  "delivered",
  "complained",
] as const satisfies readonly DeliveryStatus[];

/** What the provider can report of a mail. */
export type ReportedStatus = Extract<
  DeliveryStatus,
  "sent" | "delivered" | "deferred" | "bounced" | "complained" | "failed" | "suppressed"
>;

/**
 * How a bounce is stored that the provider calls "Transient" or "Undetermined" (a full mailbox, a server
 * that is down): Amazon SES, whose words Resend passes on, advises to go on sending after both.
 */
export const TEMPORARY_BOUNCE = "email.bounced.temporary";

const EVENT_STATUS = new Map<string, ReportedStatus>([
  ["email.sent", "sent"],
  ["email.delivered", "delivered"],
  ["email.bounced", "bounced"],
  [TEMPORARY_BOUNCE, "deferred"],
  ["email.complained", "complained"],
  ["email.failed", "failed"],
  ["email.suppressed", "suppressed"],
]);

/** The status a provider event reports; undefined for events that report none (opened, delayed …). */
export function statusOfEvent(type: string): ReportedStatus | undefined {
  return EVENT_STATUS.get(type);
}

export const REPORTING_EVENTS = [...EVENT_STATUS.keys()];

export function rankOf(status: SQL): SQL {
  const cases = DELIVERY_STATUSES.map(
    (s) => sql`when ${s} then ${sql.raw(String(DELIVERY_RANK[s]))}`,
  );
  return sql`case ${status} ${sql.join(cases, sql` `)} end`;
}

export function reportedStatus(type: SQL): SQL {
  const cases = [...EVENT_STATUS].map(([event, status]) => sql`when ${event} then ${status}`);
  return sql`case ${type} ${sql.join(cases, sql` `)} end`;
}
