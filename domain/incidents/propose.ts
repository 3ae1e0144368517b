import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";

import { incidentDuties, incidentProposals } from "@/db/schema";
import { DUTIES, type Duty } from "@/db/vocabulary/duties";
import { type Proposal, PROPOSALS } from "@/db/vocabulary/incidents";

import { person } from "../access/permissions";
import { Conflict } from "../errors";
import { prose, uuid } from "../input";
import { assertReason } from "../reviews/rules";
import { type RecordedStep, verb } from "../verb";
import { lockIncident } from "./find";
import { INCIDENT_PROPOSALS } from "./rules";
import { placeOf } from "./save-report";

const reasoned = { incidentId: uuid, reason: prose(2000) };

/**
 * Asks a second person to say that an incident is a false alarm, or to reopen it. The reason of a false
 * alarm is read by everybody who was told of it.
 * @throws Invalid without a reason; Conflict where it does not stand so, or another proposal waits
 */
export const proposeOfIncident = verb({
  may: "incident.propose",
  input: z.object({
    ...reasoned,
    what: z.enum(PROPOSALS).exclude(["waiver"], { error: "errors.field.required" }),
  }),

  async run(step, { incidentId, what, reason }) {
    const { status, isRehearsal } = await lockIncident(step.tx, incidentId);
    if (isRehearsal) throw new Conflict("notices.errors.rehearsal");
    if (!INCIDENT_PROPOSALS[status].includes(what)) throw new Conflict("notices.errors.movedOn");
    await write(step, { incidentId, what, reason });
  },
});

/**
 * Asks a second person to say that a duty to report does not apply here, with the reason.
 * @throws Invalid without a reason; Conflict where nothing is due or another proposal waits
 */
export const proposeWaiver = verb({
  may: "incident.propose",
  input: z.object({ ...reasoned, duty: z.enum(DUTIES) }),

  async run(step, { incidentId, duty, reason }) {
    await lockIncident(step.tx, incidentId);
    const open = and(
      placeOf({ incidentId, duty }),
      isNull(incidentDuties.handedInAt),
      isNull(incidentDuties.waivedAt),
    );
    if ((await step.tx.$count(incidentDuties, open)) === 0)
      throw new Conflict("notices.errors.movedOn");
    await write(step, { incidentId, what: "waiver", duty, reason });
  },
});

type Wish = { incidentId: string; what: Proposal; duty?: Duty; reason: string };

async function write(
  { tx, actor, now, record }: RecordedStep,
  { incidentId, reason: given, ...wish }: Wish,
): Promise<void> {
  assertReason(given, "notices.errors.proposal.reason");
  const waiting = and(
    eq(incidentProposals.incidentId, incidentId),
    isNull(incidentProposals.decision),
  );
  if ((await tx.$count(incidentProposals, waiting)) > 0)
    throw new Conflict("notices.errors.proposal.waits");
  const reason = given.trim();
  await tx.insert(incidentProposals).values({
    ...{ incidentId, ...wish, reason },
    proposedBy: person(actor).id,
    proposedAt: now,
  });
  await record("incident.proposed", { id: incidentId, after: { ...wish, reason } });
}
