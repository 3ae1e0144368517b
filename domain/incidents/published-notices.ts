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
  /** When it was taken back as a false alarm, and why; null while it holds. */
  withdrawn: { at: Date; reason: string } | null;
};

const noticeRow = z.object({
  id: z.string(),
  correctsId: z.string().nullable(),
  visibility: z.enum(VISIBILITIES),
  publishedAt: momentColumn,
  facts: FACTS.incident_notice,
  withdrawnAt: momentColumn.nullable(),
  withdrawalReason: z.string().nullable(),
});

/** The notices of an incident that the actor may read, in their order. */
export async function publishedNoticesOf(
  db: Db | Tx,
  actor: Actor,
  incidentId: string | SQL,
): Promise<PublishedNotice[]> {
  const rows = await readRows(db, noticeRow)`
    select n.id, n.corrects_id as "correctsId", n.visibility, n.published_at as "publishedAt", n.facts,
      w.decided_at as "withdrawnAt", w.reason as "withdrawalReason"
    from notices n left join withdrawals w on w.subject_id = n.id and w.decision = 'approved'
    where n.incident_id = ${incidentId} and ${visibleTo(actor)}
    order by n.sequence`;
  return rows.map(({ withdrawnAt: at, withdrawalReason: reason, ...notice }) => ({
    ...notice,
    withdrawn: at && { at, reason: reason ?? "" },
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

/** The notice whose title names the incident: the first, or what corrects it. */
export function namingOf<Notice extends Linked>(notices: readonly Notice[]): Notice | undefined {
  let naming = notices[0];
  for (const notice of notices) if (notice.correctsId === naming?.id) naming = notice;
  return naming;
}
