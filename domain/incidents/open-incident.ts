import { eq } from "drizzle-orm";
import { z } from "zod";

import { incidents, products } from "@/db/schema";

import { person } from "../access/permissions";
import { Invalid } from "../errors";
import { uuid } from "../input";
import { nextNumber } from "../next-number";
import { verb } from "../verb";
import { incidentFields, openingFields, withPublicSummary } from "./input";
import { keepDuties } from "./keep-duties";
import { assertOwner } from "./owners";
import { dateProblems, firstNoticeDue } from "./rules";

/** Opens an incident. It is being investigated until somebody moves it. @throws Invalid at the fields */
export const openIncident = verb({
  may: "incident.manage",
  input: withPublicSummary(z.object({ productId: uuid, ...openingFields, ...incidentFields })),

  async run(step, input) {
    const { tx, actor, now, record } = step;
    const problems = dateProblems(input, { status: "investigating", now });
    if (Object.keys(problems).length > 0) throw new Invalid("errors.form", problems);
    const [product] = await tx
      .select({ id: products.id })
      .from(products)
      .where(eq(products.id, input.productId));
    if (!product) throw new Invalid("errors.form", { productId: ["notices.errors.product"] });
    await assertOwner(tx, input.ownerId);

    const [incident] = await tx
      .insert(incidents)
      .values({
        ...input,
        firstNoticeDueAt: firstNoticeDue(input),
        ...(input.isRehearsal && AS_REHEARSAL),
        number: await nextNumber(step, input.isRehearsal ? "rehearsal" : "incident"),
        writerIds: [person(actor).id],
        createdAt: now,
        updatedAt: now,
      })
      .returning();
    if (!incident) throw new Error("the incident was not written");
    await keepDuties(tx, incident, now);
    await record("incident.opened", {
      id: incident.id,
      after: snapshotOf(incident),
    });
    return { id: incident.id, number: incident.number };
  },
});

/** Told to its audience alone; no authority hears of it, and no law asks anything. */
export const AS_REHEARSAL = {
  visibility: "affected",
  publicSummary: {},
  operator: "other",
  concernsEea: false,
} as const;

type Snapshot = Pick<
  typeof incidents.$inferSelect,
  | "number"
  | "isRehearsal"
  | "kind"
  | "operator"
  | "concernsEea"
  | "severity"
  | "status"
  | "visibility"
  | "occurredAt"
  | "discoveredAt"
  | "containmentBegunAt"
  | "containedAt"
  | "resolvedAt"
  | "ownerId"
>;

/** What the record keeps of an incident; its words stand in its notices. */
export function snapshotOf(incident: Snapshot) {
  const { number, kind, severity, status, visibility, ownerId, operator, concernsEea } = incident;
  const { occurredAt, discoveredAt, containmentBegunAt, containedAt, resolvedAt } = incident;
  return {
    number,
    ...(incident.isRehearsal && { isRehearsal: true }),
    kind,
    operator,
    concernsEea,
    severity,
    status,
    visibility,
    ownerId,
    occurredAt,
    discoveredAt,
    containmentBegunAt,
    containedAt,
    resolvedAt,
  };
}
