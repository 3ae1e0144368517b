import { sql } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { type Incident, incidentDuties } from "@/db/schema";

import { dutiesOf } from "./duty-rules";

/**
 * Writes down what has to be reported as an incident stands now, as part of the verb that changes it. A
 * duty that is there keeps the stricter of both limits; one that no longer follows stays until two people
 * agree that it does not apply.
 */
export async function keepDuties(
  tx: Tx,
  incident: Pick<
    Incident,
    "id" | "isRehearsal" | "severity" | "operator" | "concernsEea" | "discoveredAt" | "resolvedAt"
  >,
  now: Date,
): Promise<void> {
  // Of what is only rehearsed no authority has to hear.
  const due = incident.isRehearsal ? [] : dutiesOf(incident);
  if (due.length === 0) return;
  await tx
    .insert(incidentDuties)
    .values(due.map((one) => ({ ...one, incidentId: incident.id, reckonedAt: now })))
    .onConflictDoUpdate({
      target: [incidentDuties.incidentId, incidentDuties.duty],
      set: { dueAt: sql`excluded.due_at` },
      setWhere: sql`${incidentDuties.dueAt} > excluded.due_at`,
    });
}
