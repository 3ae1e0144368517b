import { sql } from "drizzle-orm";
import { z } from "zod";

import { chore } from "../chore";
import { readRows } from "../rows";
import { applyProviderEvents } from "./apply-events";

const event = z.object({
  /** The provider's own id of the event: a repeat has the same. */
  id: z.string().min(1).max(200),
  type: z.string().max(100),
  providerId: z.string().max(200).nullable(),
  occurredAt: z.date(),
  detail: z.string().max(1000).nullable(),
});
export type ProviderEvent = z.output<typeof event>;

export const MOST_EVENTS = 500;

const insertedRow = z.object({ id: z.string(), providerId: z.string().nullable() });

/**
 * Stores verified provider events and applies them, all in one transaction. A repeat (same event id)
 * changes nothing; an event for a mail we do not know yet waits until its batch is settled.
 * @returns the ids of those that were new.
 */
export const recordProviderEvents = chore({
  may: "broadcast.recordEvent",
  input: z.object({ events: z.array(event).max(MOST_EVENTS) }),

  async run({ tx, now }, { events }) {
    const column = (of: (one: ProviderEvent) => string | null) => sql.param(events.map(of));
    // In one order everywhere, so that two transactions with the same events do not block each other.
    const inserted = await readRows(tx, insertedRow)`
      insert into provider_events (id, type, provider_id, occurred_at, detail, received_at)
      select e.*, ${now.toISOString()}::timestamptz
      from unnest(
        ${column(({ id }) => id)}::text[], ${column(({ type }) => type)}::text[],
        ${column(({ providerId }) => providerId)}::text[],
        ${column(({ occurredAt }) => occurredAt.toISOString())}::timestamptz[],
        ${column(({ detail }) => detail)}::text[]
      ) as e(id, type, provider_id, occurred_at, detail)
      order by e.id
      on conflict (id) do nothing
      returning id, provider_id as "providerId"`;
    await applyProviderEvents(
      tx,
      inserted.flatMap(({ providerId }) => providerId ?? []),
    );
    return inserted.map(({ id }) => id);
  },
});
