import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { gradeChanges, type Incident, incidents, notices } from "@/db/schema";
import { hashOf } from "@/lib/hash";
import { formatTime } from "@/lib/format";

import { person } from "../access/permissions";
import { Conflict, Invalid } from "../errors";
import { prose, uuid } from "../input";
import { type RecordedStep, verb } from "../verb";
import { lockIncident } from "./find";
import { incidentFields, withPublicSummary } from "./input";
import { keepDuties } from "./keep-duties";
import { AS_REHEARSAL, snapshotOf } from "./open-incident";
import { assertOwner } from "./owners";
import { returnNotices } from "./return-notices";
import { dateProblems, needsSecondPerson, strictestDue } from "./rules";

/**
 * Changes what is known of an incident. A notice of it that waits for approval goes back to draft,
 * because it tells these facts. What has been told to everybody is not made less public. A change of
 * severity or discovery is kept with its reason, and waits for a second person where it needs one.
 * @throws Conflict when somebody else saved meanwhile, Invalid at the fields
 */
export const editIncident = verb({
  may: "incident.manage",
  input: withPublicSummary(
    z.object({
      incidentId: uuid,
      revision: z.coerce.number().int(),
      ...incidentFields,
      /** Why severity or discovery changes; asked for only then. */
      gradeReason: prose(1000).nullable().default(null),
    }),
  ),

  async run(step, { incidentId, revision, gradeReason, ...given }) {
    const { tx, actor, now, record, unchanged } = step;
    const before = await lockIncident(tx, incidentId);
    const fields = { ...given, ...(before.isRehearsal && AS_REHEARSAL) };
    if (before.revision !== revision)
      throw new Conflict("notices.errors.editedMeanwhile", { time: formatTime(before.updatedAt) });
    const wanted = { ...before, ...fields };
    if (hashOf(comparable(before)) === hashOf(comparable(wanted)))
      return unchanged({ number: before.number, waits: false });
    const problems = dateProblems(wanted, { status: before.status, now });
    if (Object.keys(problems).length > 0) throw new Invalid("errors.form", problems);
    const waits = await regrade(step, { before, wanted, reason: gradeReason });
    const { severity, discoveredAt } = waits ? before : wanted;
    const after = { ...wanted, severity, discoveredAt };
    if (before.ownerId !== after.ownerId) await assertOwner(tx, after.ownerId);
    await assertStaysPublic(tx, { incidentId, visibility: after.visibility });

    await tx
      .update(incidents)
      .set({
        ...fields,
        severity,
        discoveredAt,
        firstNoticeDueAt: strictestDue(before.firstNoticeDueAt, after),
        writerIds: [...new Set([...before.writerIds, person(actor).id])],
        revision: revision + 1,
        updatedAt: now,
      })
      .where(eq(incidents.id, incidentId));
    await keepDuties(tx, after, now);
    await returnNotices(step, { incidentId, writerId: person(actor).id });
    await record("incident.edited", {
      id: incidentId,
      before: snapshotOf(before),
      after: snapshotOf(after),
    });
    return { number: before.number, waits };
  },
});

type Regrading = { before: Incident; wanted: Incident; reason: string | null };

/**
 * Keeps a change of severity or discovery with its reason.
 * @returns whether it waits for a second person
 * @throws Invalid at the reason, Conflict when another change waits already
 */
async function regrade(
  { tx, actor, now, record }: RecordedStep,
  { before, wanted, reason }: Regrading,
): Promise<boolean> {
  const isSame =
    before.severity === wanted.severity &&
    before.discoveredAt.getTime() === wanted.discoveredAt.getTime();
  if (isSame) return false;
  if (!reason?.trim())
    throw new Invalid("errors.form", { gradeReason: ["notices.errors.grade.reason"] });
  const [incidentId, proposedBy] = [before.id, person(actor).id];
  const ofIncident = eq(gradeChanges.incidentId, incidentId);
  const open = and(ofIncident, isNull(gradeChanges.appliedAt), isNull(gradeChanges.decidedAt));
  if ((await tx.$count(gradeChanges, open)) > 0) throw new Conflict("notices.errors.grade.waits");

  const approved = and(eq(notices.incidentId, incidentId), eq(notices.status, "published"));
  const waits = needsSecondPerson(wanted, {
    isApproved: (await tx.$count(notices, approved)) > 0,
    dueAt: before.firstNoticeDueAt,
  });
  await tx.insert(gradeChanges).values({
    incidentId,
    severityBefore: before.severity,
    severityAfter: wanted.severity,
    discoveredBefore: before.discoveredAt,
    discoveredAfter: wanted.discoveredAt,
    reason,
    proposedBy,
    proposedAt: now,
    appliedAt: waits ? null : now,
  });
  await record(waits ? "incident.grade_proposed" : "incident.grade_changed", {
    id: incidentId,
    before: { severity: before.severity, discoveredAt: before.discoveredAt },
    after: { severity: wanted.severity, discoveredAt: wanted.discoveredAt, proposedBy, reason },
  });
  return waits;
}

/** Everything that its form holds, as JSON can. */
const comparable = ({ title, publicSummary, dataKinds, cause, contact, ...rest }: Incident) =>
  JSON.parse(
    JSON.stringify({ title, publicSummary, dataKinds, cause, contact, ...snapshotOf(rest) }),
  ) as unknown;

async function assertStaysPublic(
  tx: Tx,
  { incidentId, visibility }: Pick<Incident, "visibility"> & { incidentId: string },
): Promise<void> {
  if (visibility === "public") return;
  const told = await tx.$count(
    notices,
    and(
      eq(notices.incidentId, incidentId),
      eq(notices.status, "published"),
      eq(notices.visibility, "public"),
    ),
  );
  if (told > 0) throw new Invalid("errors.form", { visibility: ["notices.errors.staysPublic"] });
}
