import { sql } from "drizzle-orm";

/**
 * When an incident was first told to somebody, as a column; null before. A notice that only appears on
 * a page, or reaches nobody, tells nobody: the clock of the first notice (P17) runs on.
 */
export const firstToldAt = sql<string | null>`(
  select min(n.published_at) from notices n
  where n.incident_id = incidents.id and n.status = 'published' and n.notifies
    and exists (
      select from deliveries d
      where d.broadcast_id = n.broadcast_id and d.status in ('placed', 'sent', 'delivered')
    ))`;
