import { and, eq, sql } from "drizzle-orm";

import { notices } from "@/db/schema";

import { RETURNED } from "../reviews/draft";
import type { RecordedStep } from "../verb";

type Changed = {
  incidentId: string;
  /** Whose words the notices tell from now on. */ writerId: string;
};

/** Takes the notices of an incident that has changed back from review: they tell what it says. */
export async function returnNotices(
  { tx, now, record }: RecordedStep,
  { incidentId, writerId }: Changed,
): Promise<void> {
  const returned = await tx
    .update(notices)
    .set({
      ...RETURNED,
      revision: sql`${notices.revision} + 1`,
      writerIds: sql`(select array_agg(distinct w) from unnest(${notices.writerIds} || ${writerId}::uuid) w)`,
      updatedAt: now,
    })
    .where(and(eq(notices.incidentId, incidentId), eq(notices.status, "in_review")))
    .returning({ id: notices.id });
  for (const { id } of returned)
    await record("notice.returned", {
      subject: { type: "notice", id },
      after: { reason: "incident_changed" },
    });
}
