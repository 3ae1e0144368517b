import { type SQL, sql } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import type { Visibility } from "@/db/vocabulary/incidents";

import { FACTS, type IncidentNoticeFacts } from "../broadcasts/facts";
import type { Actor } from "../context";
import { visibleTo } from "./notice-visibility";

/** A published notice of an incident as its readers have it; it never changes. */
export type PublishedNotice = {
  id: string;
  correctsId: string | null;
  visibility: Visibility;
  publishedAt: Date;
  facts: IncidentNoticeFacts;
};

type Row = {
  id: string;
  corrects_id: string | null;
  visibility: Visibility;
  published_at: string;
  facts: unknown;
};

/** The notices of an incident that the actor may read, in their order. */
export async function publishedNoticesOf(
  db: Db | Tx,
  actor: Actor,
  incidentId: string | SQL,
): Promise<PublishedNotice[]> {
  const { rows } = await db.execute<Row>(sql`
    select n.id, n.corrects_id, n.visibility, n.published_at, n.facts
    from notices n where n.incident_id = ${incidentId} and ${visibleTo(actor)}
    order by n.sequence`);
  return rows.map((row) => ({
    id: row.id,
    correctsId: row.corrects_id,
    visibility: row.visibility,
    publishedAt: new Date(row.published_at),
    facts: FACTS.incident_notice.parse(row.facts),
  }));
}

type Linked = { id: string; correctsId: string | null; facts: { type: string } };

/**
 * The notice that holds now: the newest that corrects no other, or else what corrects it. A
 * correction of an earlier notice does not bring back what that one said.
 */
export function currentOf<Notice extends Linked>(notices: readonly Notice[]): Notice | undefined {
  let current = notices.findLast(({ facts }) => facts.type !== "correction") ?? notices.at(-1);
  for (const notice of notices) if (notice.correctsId === current?.id) current = notice;
  return current;
}
