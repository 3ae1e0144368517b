import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import {
  type Incident,
  incidentDuties,
  type IncidentProposal,
  incidentProposals,
  incidents,
} from "@/db/schema";
import type { Duty } from "@/db/vocabulary/duties";

import { authorize, person } from "../access/permissions";
import { withdrawNotices } from "../broadcasts/withdraw-notices";
import { Conflict } from "../errors";
import { prose, typedCount, uuid } from "../input";
import { assertAnother, assertCountTyped, assertReason } from "../reviews/rules";
import { type RecordedStep, verb } from "../verb";
import { lockIncident } from "./find";
import { returnNotices } from "./return-notices";
import { INCIDENT_PROPOSALS } from "./rules";
import { placeOf } from "./save-report";

const proposed = z.object({ incidentId: uuid, proposalId: uuid });

/**
 * A second person agrees. A false alarm takes back whatever was told: its notices stand withdrawn, what
 * has not left of their mails stays, and exactly the people who were told are told so, once. A reopened
 * incident is investigated again: its plan is gone through anew, and it needs another final report. A
 * waived duty is not due; its limit stays in sight.
 * @throws Conflict when nothing waits, it is one's own or moved on, what told of it is still being
 * prepared, or the number of people was to be typed and was not
 */
export const approveProposal = verb({
  may: "notice.review",
  fresh: true,
  input: proposed.extend({ typedPeople: typedCount.optional() }),

  async run(step, { incidentId, proposalId, typedPeople }) {
    const { tx, actor, now, record } = step;
    const decidedBy = person(actor).id;
    const incident = await lockIncident(tx, incidentId);
    const open = await lockOpen(tx, { incidentId, proposalId });
    const { what, duty, reason, proposedBy, proposedAt } = open;
    assertAnother(decidedBy, [proposedBy], "notices.errors.proposal.own");
    const mayBe: readonly string[] = [...INCIDENT_PROPOSALS[incident.status], "waiver"];
    if (!mayBe.includes(what)) throw new Conflict("notices.errors.movedOn");

    const { broadcastId, people } =
      what === "false_alarm"
        ? await withdrawNotices(step, { incident, reason, proposedBy, proposedAt })
        : { broadcastId: null, people: 0 };
    assertCountTyped({ people, typed: typedPeople }, "broadcasts.errors.withdrawalCount");
    await tx
      .update(incidentProposals)
      .set({ decision: "approved", decidedBy, decidedAt: now, broadcastId })
      .where(eq(incidentProposals.id, proposalId));
    if (duty) await waive(step, { incidentId, duty });
    else await apply(step, { incident, what, proposedBy });
    await record("incident.proposal_approved", {
      id: incidentId,
      before: { status: incident.status },
      after: { what, ...(duty && { duty }), reason, proposedBy, people, broadcastId },
    });
    return { number: incident.number, people };
  },
});

/** A second person says no, with a reason; or whoever proposed it takes it back. @throws Conflict, Invalid */
export const refuseProposal = verb({
  may: "incident.propose",
  input: proposed.extend({ reason: prose(2000).default("") }),

  async run({ tx, actor, now, record }, { incidentId, proposalId, reason: given }) {
    const decidedBy = person(actor).id;
    const { number } = await lockIncident(tx, incidentId);
    const { what, duty, proposedBy } = await lockOpen(tx, { incidentId, proposalId });
    if (proposedBy !== decidedBy) {
      authorize(actor, "notice.review");
      assertReason(given, "notices.errors.missing.reason");
    }
    const reason = given.trim() || null;
    await tx
      .update(incidentProposals)
      .set({ decision: "rejected", decidedBy, decidedAt: now, decisionReason: reason })
      .where(eq(incidentProposals.id, proposalId));
    await record("incident.proposal_refused", {
      id: incidentId,
      after: { what, ...(duty && { duty }), reason },
    });
    return { number };
  },
});

type Named = z.output<typeof proposed>;

async function lockOpen(tx: Tx, { incidentId, proposalId }: Named): Promise<IncidentProposal> {
  const [open] = await tx
    .select()
    .from(incidentProposals)
    .where(
      and(
        eq(incidentProposals.id, proposalId),
        eq(incidentProposals.incidentId, incidentId),
        isNull(incidentProposals.decision),
      ),
    )
    .for("update");
  if (!open) throw new Conflict("notices.errors.proposal.decided");
  return open;
}

type Applying = Pick<IncidentProposal, "what" | "proposedBy"> & { incident: Incident };

async function apply(step: RecordedStep, { incident, what, proposedBy }: Applying): Promise<void> {
  const { tx, now } = step;
  const reopened = {
    status: "reopened" as const,
    round: incident.round + 1,
    ...{ reopenedAt: now, falseAlarmAt: null },
    ...{ containmentBegunAt: null, containedAt: null, resolvedAt: null },
  };
  await tx
    .update(incidents)
    .set({
      ...(what === "reopening" ? reopened : { status: "false_alarm" as const, falseAlarmAt: now }),
      writerIds: [...new Set([...incident.writerIds, proposedBy])],
      revision: incident.revision + 1,
      updatedAt: now,
    })
    .where(eq(incidents.id, incident.id));
  await returnNotices(step, { incidentId: incident.id, writerId: proposedBy });
}

/** @throws Conflict where the report was handed in meanwhile */
async function waive(
  { tx, now }: RecordedStep,
  named: { incidentId: string; duty: Duty },
): Promise<void> {
  const waived = await tx
    .update(incidentDuties)
    .set({ waivedAt: now })
    .where(and(placeOf(named), isNull(incidentDuties.handedInAt)))
    .returning({ duty: incidentDuties.duty });
  if (waived.length === 0) throw new Conflict("notices.errors.movedOn");
}
