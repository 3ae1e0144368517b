import { type SQL, sql } from "drizzle-orm";

import { DELIVERY_STATUSES, type DeliveryStatus } from "@/db/vocabulary";

/**
 * How far a delivery is. Provider events come at least once and in any order (Resend's webhook
 * documentation), so a delivery only ever moves to a higher rank. A complaint follows a delivery.
 */
export const DELIVERY_RANK: Record<DeliveryStatus, number> = {
  queued: 0,
  unknown: 1,
  sent: 2,
  placed: 3,
  delivered: 3,
  bounced: 4,
  failed: 4,
  suppressed: 4,
  cancelled: 4,
  complained: 5,
};

/** Statuses of which nothing more is expected, whatever the provider may still report. */
export const SETTLED_STATUSES = DELIVERY_STATUSES.filter((status) => DELIVERY_RANK[status] >= 3);

const EVENT_STATUS = new Map<string, DeliveryStatus>([
  ["email.sent", "sent"],
  ["email.delivered", "delivered"],
  ["email.bounced", "bounced"],
  ["email.complained", "complained"],
  ["email.failed", "failed"],
  ["email.suppressed", "suppressed"],
]);

/** The status a provider event reports; undefined for events that report none (opened, delayed …). */
export function statusOfEvent(type: string): DeliveryStatus | undefined {
  return EVENT_STATUS.get(type);
}

export const REPORTING_EVENTS = [...EVENT_STATUS.keys()];

/** The rank of a status column, in SQL. */
export function rankOf(status: SQL): SQL {
  const cases = DELIVERY_STATUSES.map(
    (s) => sql`when ${s} then ${sql.raw(String(DELIVERY_RANK[s]))}`,
  );
  return sql`case ${status} ${sql.join(cases, sql` `)} end`;
}

/** The status an event type reports, in SQL. */
export function reportedStatus(type: SQL): SQL {
  const cases = [...EVENT_STATUS].map(([event, status]) => sql`when ${event} then ${status}`);
  return sql`case ${type} ${sql.join(cases, sql` `)} end`;
}
