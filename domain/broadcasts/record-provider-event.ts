import { z } from "zod";

import { providerEvents } from "@/db/schema";

import { chore } from "../chore";
import { applyProviderEvents } from "./apply-events";

/**
 * Stores one verified provider event and applies it. A repeat (same event id) changes nothing; an
 * event for a mail we do not know yet waits until its batch is settled.
 * @returns whether the event was new.
 */
export const recordProviderEvent = chore({
  may: "broadcast.recordEvent",
  input: z.object({
    id: z.string().min(1).max(200),
    type: z.string().max(100),
    providerId: z.string().max(200).nullable(),
    occurredAt: z.date(),
    detail: z.string().max(1000).nullable(),
  }),

  async run({ tx, now }, event) {
    const inserted = await tx
      .insert(providerEvents)
      .values({ ...event, receivedAt: now })
      .onConflictDoNothing()
      .returning({ id: providerEvents.id });
    if (inserted.length > 0 && event.providerId) await applyProviderEvents(tx, [event.providerId]);
    return inserted.length > 0;
  },
});
