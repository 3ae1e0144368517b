import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { env } from "@/lib/env";

import { query } from "../query";
import { momentColumn, readRow } from "../rows";

const DAY_MS = 86_400_000;
const lastRow = z.object({ number: z.string(), toldAt: momentColumn });

export type RehearsalClock = NonNullable<Awaited<ReturnType<typeof rehearsalClock>>>;

/**
 * When somebody was last told in a rehearsal, and by when the next one is to follow (REHEARSAL_EVERY_DAYS).
 * Null where there was none yet: whoever has never rehearsed has not promised to.
 */
export async function rehearsalClock(db: Db | Tx, now: Date) {
  const last = await readRow(db, lastRow)`
    select i.number, min(b.started_at) as "toldAt"
    from incidents i join notices n on n.incident_id = i.id join broadcasts b on b.id = n.broadcast_id
    where i.is_rehearsal group by i.number order by "toldAt" desc limit 1`;
  if (!last) return null;
  const dueAt = new Date(last.toldAt.getTime() + env().REHEARSAL_EVERY_DAYS * DAY_MS);
  const daysAgo = Math.floor((now.getTime() - last.toldAt.getTime()) / DAY_MS);
  return { ...last, dueAt, daysAgo, isOverdue: dueAt < now };
}

/** The same for the pages of operations. */
export const readRehearsalClock = query({
  may: "unreached.read",
  input: z.object({}),

  run: ({ db, now }) => rehearsalClock(db, now),
});
