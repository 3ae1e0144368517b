import { and, eq } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { type Incident, incidents, notices } from "@/db/schema";
import { INCIDENT_STATUSES, type IncidentStatus } from "@/db/vocabulary/incidents";
import { formatTime } from "@/lib/format";

import { person } from "../access/permissions";
import { Conflict, Invalid } from "../errors";
import { moment, uuid } from "../input";
import { verb } from "../verb";
import { lockIncident } from "./find";
import { returnNotices } from "./return-notices";
import { assertIncidentMove, dateProblems } from "./rules";

/**
 * Moves an incident along the one table, with the moment it happened. It is closed once its final
 * report is published; what is investigated again is contained and resolved no longer.
 * @throws Conflict, Invalid
 */
export const moveIncident = verb({
  may: "incident.manage",
  input: z.object({
    incidentId: uuid,
    revision: z.coerce.number().int(),
    to: z.enum(INCIDENT_STATUSES, { error: "errors.field.required" }),
    at: moment,
    /** Asked for where an incident is resolved before anybody said that it was contained. */
    containedAt: moment.nullable().default(null),
  }),

  async run(step, { incidentId, revision, to, at, containedAt }) {
    const { tx, actor, now, record } = step;
    const before = await lockIncident(tx, incidentId);
    if (before.revision !== revision)
      throw new Conflict("notices.errors.editedMeanwhile", { time: formatTime(before.updatedAt) });
    assertIncidentMove(before.status, to);
    if (to === "closed") await assertReported(tx, incidentId);

    const dates = datesAfter(before, to, { at, containedAt });
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
    await returnNotices(step, { incidentId, writerId: person(actor).id });
    await record("incident.moved", {
      id: incidentId,
      before: { status: before.status },
      after: { status: to, ...dates },
    });
  },
});

type Moments = { at: Date; containedAt: Date | null };

function datesAfter(before: Incident, to: IncidentStatus, { at, containedAt }: Moments) {
  switch (to) {
    case "investigating":
      return { containedAt: null, resolvedAt: null };
    case "contained":
      return { containedAt: at };
    case "resolved":
      return { containedAt: before.containedAt ?? containedAt, resolvedAt: at };
    case "closed":
      return {};
  }
}

/** @throws Invalid at the field of the moment */
function assertDates(incident: Incident, { to, now }: { to: IncidentStatus; now: Date }): void {
  if (to === "resolved" && !incident.containedAt)
    throw new Invalid("errors.form", { containedAt: ["notices.errors.dates.containedFirst"] });
  const { containedAt, ...problems } = dateProblems(incident, { status: to, now });
  const [problem] = Object.values(problems);
  if (problem) throw new Invalid("errors.form", { at: problem });
  if (containedAt)
    throw new Invalid("errors.form", { [to === "contained" ? "at" : "containedAt"]: containedAt });
}

async function assertReported(tx: Tx, incidentId: string): Promise<void> {
  const reports = await tx.$count(
    notices,
    and(
      eq(notices.incidentId, incidentId),
      eq(notices.type, "final"),
      eq(notices.status, "published"),
    ),
  );
  if (reports === 0) throw new Conflict("notices.errors.noFinalReport");
}
