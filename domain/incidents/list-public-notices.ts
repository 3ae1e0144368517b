import { sql } from "drizzle-orm";
import { z } from "zod";

import { readFacts } from "../broadcasts/facts";
import { ANONYMOUS } from "../context";
import { query } from "../query";
import { visibleTo } from "./notice-visibility";

type Row = {
  id: string;
  type: string;
  broadcast_id: string | null;
  published_at: string;
  facts: unknown;
  withdrawn_at: string | null;
};

/** What was told to everybody of incidents, and announcements, newest first: for feeds, which ask no reader. */
export const listPublicNotices = query({
  may: "notice.readPublished",
  input: z.object({ limit: z.number().int().min(1).max(100) }),

  async run({ db }, { limit }) {
    const { rows } = await db.execute<Row>(sql`
      select n.id, n.type, n.broadcast_id, n.published_at, n.facts, w.decided_at as withdrawn_at
      from notices n
      left join withdrawals w on w.subject_id = n.id and w.decision = 'approved'
      where ${visibleTo(ANONYMOUS)} order by n.published_at desc, n.id limit ${limit}`);
    return rows.map(
      ({ id, type, broadcast_id: broadcastId, published_at, facts, withdrawn_at }) => ({
        id,
        broadcastId,
        told: readFacts(type === "announcement" ? "announcement" : "incident_notice", facts),
        at: new Date(published_at),
        withdrawnAt: withdrawn_at === null ? null : new Date(withdrawn_at),
      }),
    );
  },
});
