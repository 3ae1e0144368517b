import { and, eq, gt } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { containmentSteps, type Incident, incidents, notices } from "@/db/schema";
import { INCIDENT_STATUSES } from "@/db/vocabulary/incidents";
import { formatTime } from "@/lib/format";

import { person } from "../access/permissions";
import { Conflict, Invalid } from "../errors";
import { moment, uuid } from "../input";
import { verb } from "../verb";
import { lockIncident } from "./find";
import { keepDuties } from "./keep-duties";
import { returnNotices } from "./return-notices";
import { assertIncidentMove, dateProblems, type MovedStatus, openSteps } from "./rules";

/**
 * Moves an incident along the one table, with the moment it happened. It is closed once its final
 * report is published, since it was reopened last, and every step of its plan is done or set aside
 * (P16); what is investigated again is contained and resolved no longer.
 * @throws Conflict, Invalid
 */
export const moveIncident = verb({
  may: "incident.manage",
  input: z.object({
    incidentId: uuid,
    revision: z.coerce.number().int(),
    to: z
      .enum(INCIDENT_STATUSES)
      .exclude(["reopened", "false_alarm"], { error: "errors.field.required" }),
    at: moment,
    /** Asked for where an incident is contained or resolved before anybody said that its plan was started. */
    begunAt: moment.nullable().default(null),
    /** Asked for where an incident is resolved before anybody said that it was contained. */
    containedAt: moment.nullable().default(null),
  }),

  async run(step, { incidentId, revision, to, ...moments }) {
    const { tx, actor, now, record } = step;
    const before = await lockIncident(tx, incidentId);
    if (before.revision !== revision)
      throw new Conflict("notices.errors.editedMeanwhile", { time: formatTime(before.updatedAt) });
    assertIncidentMove(before.status, to);
    if (to === "closed") {
      if (before.isRehearsal) throw new Conflict("notices.errors.movedOn");
      await assertReported(tx, before);
      await assertStepsSettled(tx, before);
    }

    const dates = datesAfter(before, to, moments);
    assertDates({ ...before, ...dates }, { to, now });

    await tx
      .update(incidents)
      .set({
        status: to,
        ...dates,
        writerIds: [...new Set([...before.writerIds, person(actor).id])],
        revision: revision + 1,
        updatedAt: now,
      })
      .where(eq(incidents.id, incidentId));
    if (to === "resolved") await keepDuties(tx, { ...before, ...dates }, now);
    await returnNotices(step, { incidentId, writerId: person(actor).id });
    await record("incident.moved", {
      id: incidentId,
      before: { status: before.status },
      after: { status: to, ...dates },
    });
  },
});

type Moments = { at: Date; begunAt: Date | null; containedAt: Date | null };

function datesAfter(
  before: Incident,
  to: MovedStatus,
  { at, begunAt, containedAt }: Moments,
): Partial<Pick<Incident, "containmentBegunAt" | "containedAt" | "resolvedAt">> {
  const begun = { containmentBegunAt: before.containmentBegunAt ?? begunAt };
  switch (to) {
    case "investigating":
      return { containedAt: null, resolvedAt: null };
    case "contained":
      return { ...begun, containedAt: at };
    case "resolved":
      return { ...begun, containedAt: before.containedAt ?? containedAt, resolvedAt: at };
    case "closed":
      return {};
  }
}

/** @throws Invalid at the field of the moment */
function assertDates(incident: Incident, { to, now }: { to: MovedStatus; now: Date }): void {
  const refuse = (field: string, problem: string[]) => {
    throw new Invalid("errors.form", { [field]: problem });
  };
  const isStopped = to === "contained" || to === "resolved";
  if (isStopped && !incident.containmentBegunAt)
    refuse("begunAt", ["notices.errors.dates.begunFirst"]);
  if (to === "resolved" && !incident.containedAt)
    refuse("containedAt", ["notices.errors.dates.containedFirst"]);
  const problems = dateProblems(incident, { status: to, now });
  const { containedAt, containmentBegunAt, ...others } = problems;
  const [problem] = Object.values(others);
  if (problem) refuse("at", problem);
  if (containmentBegunAt) refuse("begunAt", containmentBegunAt);
  if (containedAt) refuse(to === "contained" ? "at" : "containedAt", containedAt);
}

async function assertReported(tx: Tx, { id, reopenedAt }: Incident): Promise<void> {
  const reports = await tx.$count(
    notices,
    and(
      eq(notices.incidentId, id),
      eq(notices.type, "final"),
      eq(notices.status, "published"),
      reopenedAt ? gt(notices.publishedAt, reopenedAt) : undefined,
    ),
  );
  if (reports === 0) throw new Conflict("notices.errors.noFinalReport");
}

async function assertStepsSettled(tx: Tx, { id, round, kind }: Incident): Promise<void> {
  const settled = await tx
    .select({ step: containmentSteps.step })
    .from(containmentSteps)
    .where(and(eq(containmentSteps.incidentId, id), eq(containmentSteps.round, round)));
  const { length: count } = openSteps(kind, settled);
  if (count > 0) throw new Conflict("notices.errors.stepsOpen", { count });
}
