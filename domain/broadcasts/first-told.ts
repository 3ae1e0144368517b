import { sql } from "drizzle-orm";

/**
 * When an incident was first told to somebody, as a column; null before. A notice that only appears on
 * a page, or reaches nobody, tells nobody: the clock of the first notice (P17) runs on. One in waves tells
 * those it concerns when the rest of them follows (docs/decisions/081).
 */
export const firstToldAt = sql<string | null>`(
  select min(coalesce(w.released_at, n.published_at)) from notices n
  left join broadcast_waves w on w.broadcast_id = n.broadcast_id
  where n.incident_id = incidents.id and n.status = 'published' and n.notifies
    and (w.broadcast_id is null or w.released_at is not null)
    and exists (
      select from deliveries d
      where d.broadcast_id = n.broadcast_id and d.status in ('placed', 'sent', 'delivered')
    ))`;
