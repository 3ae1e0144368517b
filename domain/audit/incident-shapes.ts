import { DUTIES, OPERATORS } from "@/db/vocabulary/duties";
import {
  CONTAINMENT_STEPS,
  INCIDENT_KINDS,
  INCIDENT_STATUSES,
  LOOK_VERDICTS,
  PROPOSALS,
  SEVERITIES,
  STEP_STATES,
  VISIBILITIES,
} from "@/db/vocabulary/incidents";

import { count, id, moment, one, shape, text, yes } from "./shapes";

export const incident = shape({
  number: text,
  isRehearsal: yes.optional(),
  kind: one(INCIDENT_KINDS),
  operator: one(OPERATORS).optional(),
  concernsEea: yes.optional(),
  severity: one(SEVERITIES),
  status: one(INCIDENT_STATUSES),
  visibility: one(VISIBILITIES),
  ownerId: id,
  occurredAt: moment.nullable(),
  discoveredAt: moment,
  /** Entries of before have none. */
  containmentBegunAt: moment.nullable().optional(),
  containedAt: moment.nullable(),
  resolvedAt: moment.nullable(),
});
export const move = incident
  .pick({ status: true, containmentBegunAt: true, containedAt: true, resolvedAt: true })
  .partial();
export const rehearsalEnd = move.extend({ accounts: count, reached: count, opened: count });
export const grade = incident.pick({ severity: true, discoveredAt: true });
export const regrade = grade.extend({ proposedBy: id, reason: text.nullable() });

/** What the record keeps of how an incident is dealt with: its plan, its reports, what two people agree on. */
export const containment = shape({ containmentBegunAt: moment });
export const containmentStep = shape({
  round: count,
  step: one(CONTAINMENT_STEPS),
  state: one(STEP_STATES),
  reason: text.nullable(),
});
export const report = shape({
  duty: one(DUTIES),
  /** Of a further report: the how many-th. */
  sequence: count.optional(),
  reportHash: text,
});
export const reportHandedIn = report.extend({ handedInAt: moment, reference: text });
const proposed = { what: one(PROPOSALS), duty: one(DUTIES).optional() };
export const proposal = shape({ ...proposed, reason: text.nullable() });
export const proposalDone = shape({
  ...proposed,
  reason: text,
  proposedBy: id,
  people: count,
  broadcastId: id.nullable(),
});
/** What the second person said of a notice that one person had sent alone. */
export const look = shape({
  verdict: one(LOOK_VERDICTS),
  reason: text.nullable(),
  correctionId: id.nullable(),
});
