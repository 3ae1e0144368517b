import { and, eq, inArray, sql } from "drizzle-orm";

import { notices } from "@/db/schema";

import { RETURNED } from "../reviews/draft";
import type { RecordedStep } from "../verb";

type Changed = {
  incidentId: string;
  /** Whose words the notices tell from now on. */ writerId: string;
};

/** Takes the notices of an incident that has changed back from review: they tell what it says. */
export async function returnNotices(
  { tx, now, recordEach }: RecordedStep,
  { incidentId, writerId }: Changed,
): Promise<void> {
  const waiting = await tx
    .select({ id: notices.id, contentHash: notices.contentHash })
    .from(notices)
    .where(and(eq(notices.incidentId, incidentId), eq(notices.status, "in_review")))
    .for("update");
  const ids = waiting.map(({ id }) => id);
  await tx
    .update(notices)
    .set({
      ...RETURNED,
      revision: sql`${notices.revision} + 1`,
      writerIds: sql`(select array_agg(distinct w) from unnest(${notices.writerIds} || ${writerId}::uuid) w)`,
      updatedAt: now,
    })
    .where(inArray(notices.id, ids));
  await recordEach(
    "notice.returned",
    waiting.map(({ id, contentHash }) => ({
      id,
      before: { contentHash },
      after: { reason: "incident_changed" },
    })),
  );
}
