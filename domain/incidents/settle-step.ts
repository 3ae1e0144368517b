import { and, eq } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { containmentSteps, type Incident } from "@/db/schema";
import {
  CONTAINMENT_STEPS,
  type ContainmentStep,
  PLANS,
  STEP_STATES,
} from "@/db/vocabulary/incidents";

import { person } from "../access/permissions";
import { Conflict, Invalid } from "../errors";
import { prose, uuid } from "../input";
import { verb } from "../verb";
import { lockIncident } from "./find";
import { isEnded } from "./rules";

/**
 * Ticks off a step of an incident's plan, sets it aside with a reason, or takes that back ("open"); who
 * and when is kept (P16). Doing it twice is doing it once.
 * @throws Conflict where the plan was not started, has no such step or is done with; Invalid at the reason
 */
export const settleStep = verb({
  may: "incident.manage",
  input: z.object({
    incidentId: uuid,
    step: z.enum(CONTAINMENT_STEPS),
    state: z.enum([...STEP_STATES, "open"]),
    reason: prose(1000).default(""),
  }),

  async run(recorded, { incidentId, step, state, reason: given }) {
    const { tx, actor, now, record, unchanged } = recorded;
    const { round } = await lockPlan(tx, { incidentId, step });
    const reason = state === "set_aside" ? given.trim() : null;
    if (reason === "") throw new Invalid("errors.form", { reason: ["notices.errors.stepReason"] });

    const place = and(
      eq(containmentSteps.incidentId, incidentId),
      eq(containmentSteps.round, round),
      eq(containmentSteps.step, step),
    );
    const [before] = await tx.select().from(containmentSteps).where(place);
    if (state === "open") {
      if (!before) return unchanged();
      await tx.delete(containmentSteps).where(place);
      const { state: was, reason: why } = before;
      await record("incident.step_taken_back", {
        id: incidentId,
        before: { round, step, state: was, reason: why },
      });
      return;
    }
    if (before?.state === state && before.reason === reason) return unchanged();
    const settled = { state, reason, settledBy: person(actor).id, settledAt: now };
    await tx
      .insert(containmentSteps)
      .values({ incidentId, round, step, ...settled })
      .onConflictDoUpdate({
        target: [containmentSteps.incidentId, containmentSteps.round, containmentSteps.step],
        set: settled,
      });
    await record("incident.step_settled", {
      id: incidentId,
      after: { round, step, state, reason },
    });
  },
});

type Named = { incidentId: string; step: ContainmentStep };

/** The incident whose plan is gone through. @throws Conflict where that plan has no such step now */
async function lockPlan(tx: Tx, { incidentId, step }: Named): Promise<Incident> {
  const incident = await lockIncident(tx, incidentId);
  const { status, kind, containmentBegunAt } = incident;
  if (!containmentBegunAt || isEnded(status) || !PLANS[kind].includes(step))
    throw new Conflict("notices.errors.movedOn");
  return incident;
}
