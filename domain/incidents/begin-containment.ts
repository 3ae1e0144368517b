import { eq } from "drizzle-orm";
import { z } from "zod";

import { incidents } from "@/db/schema";
import { formatTime } from "@/lib/format";

import { person } from "../access/permissions";
import { Conflict, Invalid } from "../errors";
import { moment, uuid } from "../input";
import { verb } from "../verb";
import { lockIncident } from "./find";
import { returnNotices } from "./return-notices";
import { dateProblems, isEnded } from "./rules";

/**
 * Starts the contingency plan of an incident (P16): from this moment on its steps are gone through.
 * @throws Conflict when it was started before or nothing is left to contain, Invalid at the moment
 */
export const beginContainment = verb({
  may: "incident.manage",
  input: z.object({
    incidentId: uuid,
    revision: z.coerce.number().int(),
    containmentBegunAt: moment,
  }),

  async run(step, { incidentId, revision, containmentBegunAt }) {
    const { tx, actor, now, record } = step;
    const incident = await lockIncident(tx, incidentId);
    if (incident.revision !== revision)
      throw new Conflict("notices.errors.editedMeanwhile", {
        time: formatTime(incident.updatedAt),
      });
    if (incident.containmentBegunAt || isEnded(incident.status))
      throw new Conflict("notices.errors.movedOn");
    const problems = dateProblems(
      { ...incident, containmentBegunAt },
      { status: incident.status, now },
    );
    const [problem] = Object.values(problems);
    if (problem) throw new Invalid("errors.form", { containmentBegunAt: problem });

    const { id: writerId } = person(actor);
    await tx
      .update(incidents)
      .set({
        containmentBegunAt,
        writerIds: [...new Set([...incident.writerIds, writerId])],
        revision: revision + 1,
        updatedAt: now,
      })
      .where(eq(incidents.id, incidentId));
    await returnNotices(step, { incidentId, writerId });
    await record("incident.containment_begun", {
      id: incidentId,
      after: { containmentBegunAt },
    });
  },
});
