import { type SQL, sql } from "drizzle-orm";

import type { BroadcastKind } from "@/db/vocabulary/broadcasts";

/** What leaves first where several wait: an incident, who has to look at its notice or decide how it goes on, then answers to one person, then everything else. */
const URGENCY: readonly (readonly BroadcastKind[])[] = [
  ["incident_notice", "notice_look", "wave_stopped"],
  [
    ...(["request_update", "acknowledgement_receipt", "security_alarm", "access_update"] as const),
    "ask_message",
  ],
];

/** The rank of a kind, the most urgent lowest. */
export function urgencyOf(kind: SQL): SQL {
  const cases = URGENCY.flatMap((kinds, rank) =>
    kinds.map((one) => sql`when ${one} then ${sql.raw(String(rank))}`),
  );
  return sql`case ${kind} ${sql.join(cases, sql` `)} else ${sql.raw(String(URGENCY.length))} end`;
}

/**
 * A statement of one row where mails of a broadcast wait in a language, else of none. With its limit, for
 * `exists` is planned as a look at everything that waits, a million rows a batch; with its order, for
 * without one the whole table is looked through where few of many wait.
 */
export const oneWaiting = ({ broadcastId, locale }: { broadcastId: SQL; locale: SQL }): SQL => sql`
  select from deliveries d
  where d.broadcast_id = ${broadcastId} and d.locale = ${locale}
    and d.status = 'queued' and d.batch_id is null
  order by d.user_id limit 1`;
