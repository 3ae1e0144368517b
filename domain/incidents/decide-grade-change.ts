import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { type GradeChange, gradeChanges, type Incident, incidents } from "@/db/schema";
import { REVIEW_DECISIONS } from "@/db/vocabulary/reviews";

import { person } from "../access/permissions";
import { Conflict } from "../errors";
import { prose, uuid } from "../input";
import { assertAnother, assertReason } from "../reviews/rules";
import { type RecordedStep, verb } from "../verb";
import { lockIncident } from "./find";
import { keepDuties } from "./keep-duties";
import { returnNotices } from "./return-notices";
import { NOTICE } from "./review-kind";
import { dateProblems, strictestDue } from "./rules";

/**
 * A second person agrees to a change of severity or discovery, or turns it down with a reason. What
 * waits for approval goes back: it tells the grade. The limit of the first notice is never put off.
 * @throws Conflict when nothing waits or it is one's own, Invalid at the reason
 */
export const decideGradeChange = verb({
  may: "notice.review",
  fresh: true,
  input: z.object({
    incidentId: uuid,
    changeId: uuid,
    decision: z.enum(REVIEW_DECISIONS, { error: "errors.field.required" }),
    reason: prose(1000),
  }),

  async run(step, { incidentId, changeId, decision, reason }) {
    const { tx, actor, now, record } = step;
    const deciderId = person(actor).id;
    const incident = await lockIncident(tx, incidentId);
    const change = await waiting(tx, { incidentId, changeId });
    assertAnother(deciderId, [change.proposedBy], "notices.errors.grade.own");
    const isApproved = decision === "approved";
    if (!isApproved) assertReason(reason, NOTICE.refusals.noReason);

    if (isApproved) await apply(step, { incident, change });
    await tx
      .update(gradeChanges)
      .set({
        decidedBy: deciderId,
        decidedAt: now,
        decisionReason: isApproved ? null : reason,
        appliedAt: isApproved ? now : null,
      })
      .where(eq(gradeChanges.id, changeId));
    await record(isApproved ? "incident.grade_changed" : "incident.grade_refused", {
      id: incidentId,
      before: { severity: change.severityBefore, discoveredAt: change.discoveredBefore },
      after: {
        severity: change.severityAfter,
        discoveredAt: change.discoveredAfter,
        proposedBy: change.proposedBy,
        reason: isApproved ? change.reason : reason,
      },
    });
    return { number: incident.number };
  },
});

type Asked = { incidentId: string; changeId: string };

async function waiting(tx: Tx, { incidentId, changeId }: Asked): Promise<GradeChange> {
  const [change] = await tx
    .select()
    .from(gradeChanges)
    .where(
      and(
        eq(gradeChanges.id, changeId),
        eq(gradeChanges.incidentId, incidentId),
        isNull(gradeChanges.appliedAt),
        isNull(gradeChanges.decidedAt),
      ),
    );
  if (!change) throw new Conflict("notices.errors.grade.decided");
  return change;
}

type Applying = { incident: Incident; change: GradeChange };

async function apply(step: RecordedStep, { incident, change }: Applying): Promise<void> {
  const { tx, now } = step;
  const grade = { severity: change.severityAfter, discoveredAt: change.discoveredAfter };
  const problems = dateProblems({ ...incident, ...grade }, { status: incident.status, now });
  if (Object.keys(problems).length > 0) throw new Conflict("notices.errors.grade.dates");
  await tx
    .update(incidents)
    .set({
      ...grade,
      firstNoticeDueAt: strictestDue(incident.firstNoticeDueAt, grade),
      writerIds: [...new Set([...incident.writerIds, change.proposedBy])],
      revision: incident.revision + 1,
      updatedAt: now,
    })
    .where(eq(incidents.id, incident.id));
  await keepDuties(tx, { ...incident, ...grade }, now);
  await returnNotices(step, { incidentId: incident.id, writerId: change.proposedBy });
}
