import type { SQL } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { VISIBILITIES, type Visibility } from "@/db/vocabulary/incidents";

import { FACTS, type IncidentNoticeFacts } from "../broadcasts/facts";
import type { Actor } from "../context";
import { momentColumn, readRows } from "../rows";
import { visibleTo } from "./notice-visibility";

/** A published notice of an incident as its readers have it; it never changes. */
export type PublishedNotice = {
  id: string;
  correctsId: string | null;
  visibility: Visibility;
  publishedAt: Date;
  facts: IncidentNoticeFacts;
};

const noticeRow = z.object({
  id: z.string(),
  correctsId: z.string().nullable(),
  visibility: z.enum(VISIBILITIES),
  publishedAt: momentColumn,
  facts: FACTS.incident_notice,
});

/** The notices of an incident that the actor may read, in their order. */
export const publishedNoticesOf = (
  db: Db | Tx,
  actor: Actor,
  incidentId: string | SQL,
): Promise<PublishedNotice[]> =>
  readRows(db, noticeRow)`
    select n.id, n.corrects_id as "correctsId", n.visibility, n.published_at as "publishedAt", n.facts
    from notices n where n.incident_id = ${incidentId} and ${visibleTo(actor)}
    order by n.sequence`;

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
