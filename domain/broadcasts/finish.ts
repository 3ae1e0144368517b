import { sql } from "drizzle-orm";
import { z } from "zod";

import { verb } from "../verb";

/**
 * Ends the broadcasts of which no mail waits any more. "Finished" says that every mail was handed
 * over or given up; who was reached is told row by row.
 * @returns the ids of the broadcasts that ended.
 */
export const finishBroadcasts = verb({
  may: "broadcast.deliver",
  input: z.object({}),

  async run({ tx, now, record, unchanged }) {
    const finished = await tx.execute<{ id: string }>(sql`
      update broadcasts b set status = 'finished', finished_at = ${now.toISOString()}::timestamptz
      where b.status = 'sending'
        and not exists (
          select 1 from deliveries d
          where d.broadcast_id = b.id and d.channel = 'email' and d.status = 'queued'
        )
      returning id`);
    for (const { id } of finished.rows) {
      await record("broadcast.finished", { subject: { type: "broadcast", id } });
    }
    unchanged();
    return finished.rows.map(({ id }) => id);
  },
});
