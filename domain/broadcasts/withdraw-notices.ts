import { and, asc, eq, isNotNull, sql } from "drizzle-orm";

import { type Incident, notices, withdrawals } from "@/db/schema";
import type { Texts } from "@/db/schema/incidents";

import { person } from "../access/permissions";
import type { RecordedStep } from "../verb";
import { stopMails } from "./cancel-remainder";
import { startBroadcast } from "./start";

type Taking = {
  incident: Incident;
  /** In the words that everybody who was told will read. */
  reason: string;
  proposedBy: string;
  proposedAt: Date;
};

/**
 * Takes back everything that was told of an incident, as part of the verb by which two people agree:
 * every published notice stands withdrawn, what has not left of their mails stays, and exactly the people
 * whom any of them told are told so, each once.
 * @returns the broadcast that tells it and how many people; none where nobody had been told
 * @throws Conflict while a notice is still being prepared
 */
export async function withdrawNotices(
  step: RecordedStep,
  { incident, reason, proposedBy, proposedAt }: Taking,
): Promise<{ broadcastId: string | null; people: number }> {
  const { tx, now, actor } = step;
  const standing = await tx
    .select({
      id: notices.id,
      broadcastId: notices.broadcastId,
      publishedAt: notices.publishedAt,
      visibility: notices.visibility,
      title: sql<Texts>`${notices.parts} -> 'title'`,
    })
    .from(notices)
    .where(
      and(
        eq(notices.incidentId, incident.id),
        isNotNull(notices.publishedAt),
        sql`not exists (
          select from withdrawals w where w.subject_id = ${notices.id} and w.decision = 'approved')`,
      ),
    )
    .orderBy(asc(notices.sequence));
  const [first, last] = [standing[0], standing.at(-1)];
  if (!first || !last) return { broadcastId: null, people: 0 };
  const told = standing.flatMap(({ broadcastId }) => broadcastId ?? []);
  for (const broadcastId of told) await stopMails(step, { broadcastId, reason });
  const telling =
    told.length === 0
      ? null
      : await startBroadcast(step, {
          kind: "withdrawal",
          subjectId: incident.id,
          facts: {
            what: {
              kind: "incident",
              incidentId: incident.id,
              incidentNumber: incident.number,
              title: last.title,
              visibility: incident.visibility,
            },
            announcementId: null,
            announcedAt: (first.publishedAt ?? now).toISOString(),
            reason,
            withdrawnAt: now.toISOString(),
          },
          audience: { broadcastIds: told },
          isPublic: standing.every(({ visibility }) => visibility === "public"),
        });
  await tx.insert(withdrawals).values(
    standing.map(({ id }) => ({
      ...{ subjectType: "notice" as const, subjectId: id, reason, proposedBy, proposedAt },
      ...{ decision: "approved" as const, decidedBy: person(actor).id, decidedAt: now },
      broadcastId: telling?.id ?? null,
    })),
  );
  return { broadcastId: telling?.id ?? null, people: telling?.people ?? 0 };
}
