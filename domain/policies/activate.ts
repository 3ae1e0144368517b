import { and, asc, eq, lte } from "drizzle-orm";
import { z } from "zod";

import { type PolicyVersion, policyVersions } from "@/db/schema";

import { type RecordedStep, verb } from "../verb";
import { versionInForce } from "./find";

/**
 * Brings every scheduled version whose midnight (Asia/Shanghai) has come into force and archives
 * the one before it, in one transaction each way. Safe to run at any time and any number of times.
 * @returns the ids of the versions that came into force.
 */
export const activateDueVersions = verb({
  may: "policy.activate",
  input: z.object({}),

  async run(step) {
    const { tx, now, unchanged } = step;
    const due = await tx
      .select()
      .from(policyVersions)
      .where(and(eq(policyVersions.status, "scheduled"), lte(policyVersions.effectiveAt, now)))
      .orderBy(asc(policyVersions.effectiveAt))
      .for("update", { skipLocked: true });
    if (due.length === 0) return unchanged([]);
    for (const version of due) await activate(step, version);
    return due.map(({ id }) => id);
  },
});

/** Brings one scheduled version into force and archives the one before it. */
export async function activate(step: RecordedStep, version: PolicyVersion): Promise<void> {
  const { tx, now, record } = step;
  const previous = await versionInForce(tx, version.documentId);
  if (previous) {
    await tx
      .update(policyVersions)
      .set({ status: "archived", archivedAt: now })
      .where(eq(policyVersions.id, previous.id));
    await record("version.archived", {
      id: previous.id,
      after: { label: previous.label, supersededBy: version.label },
    });
  }
  await tx
    .update(policyVersions)
    .set({ status: "in_force", inForceAt: now })
    .where(eq(policyVersions.id, version.id));
  await record("version.in_force", {
    id: version.id,
    after: { label: version.label, effectiveAt: version.effectiveAt },
  });
}
