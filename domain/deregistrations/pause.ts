import { eq } from "drizzle-orm";
import { z } from "zod";

import { type Deregistration, deregistrations } from "@/db/schema";
import { OPEN_DEREGISTRATION_STATUSES } from "@/db/vocabulary/deregistrations";

import { Conflict, NotFound } from "../errors";
import { prose } from "../input";
import { type RecordedStep, verb } from "../verb";
import { deregistrationNumber } from "./input";
import { findById, lockAccount, ownersOf } from "./lock";
import { tellOwners } from "./tell";

const DAY = 86_400_000;

/**
 * Operations hold a deregistration back, with a reason that its owners read: nothing of it is carried out
 * until it goes on. Paused again it changes nothing. @throws NotFound; Conflict once it is over; Invalid
 * without a reason
 */
export const pauseDeregistration = verb({
  may: "deregistration.pause",
  input: z.object({
    number: deregistrationNumber,
    reason: prose(500)
      .transform((text) => text.trim())
      .refine((text) => text !== "", "errors.field.required"),
  }),

  async run(step, { number, reason }) {
    const { account, standing } = await lockOpen(step, number);
    if (standing.pausedAt) return step.unchanged();
    await step.tx
      .update(deregistrations)
      .set({ pausedAt: step.now, pausedBy: step.actor.id, pauseReason: reason })
      .where(eq(deregistrations.id, standing.id));
    await step.record("deregistration.paused", {
      id: standing.id,
      after: { number, accountId: account.id, reason },
    });
    await tellOwners(step, {
      deregistration: standing,
      ...{ account, event: "paused", reason, owners: await ownersOf(step.tx, account.id) },
    });
  },
});

/**
 * Lets it go on. Its owners have a day at least to read that before it is carried out.
 * @throws NotFound; Conflict once it is over
 */
export const resumeDeregistration = verb({
  may: "deregistration.pause",
  input: z.object({ number: deregistrationNumber }),

  async run(step, { number }) {
    const { account, standing } = await lockOpen(step, number);
    if (!standing.pausedAt) return step.unchanged();
    const executeAfter = standing.executeAfter && laterThan(standing.executeAfter, step.now);
    await step.tx
      .update(deregistrations)
      .set({ pausedAt: null, pausedBy: null, pauseReason: null, executeAfter })
      .where(eq(deregistrations.id, standing.id));
    await step.record("deregistration.resumed", {
      id: standing.id,
      after: { number, accountId: account.id, executeAfter },
    });
    await tellOwners(step, {
      deregistration: { ...standing, executeAfter },
      ...{ account, event: "resumed", owners: await ownersOf(step.tx, account.id) },
    });
  },
});

const laterThan = (planned: Date, now: Date): Date =>
  new Date(Math.max(planned.getTime(), now.getTime() + DAY));

/** @throws NotFound; Conflict where it was cancelled or carried out */
async function lockOpen({ tx }: RecordedStep, number: string) {
  const [found] = await tx.select().from(deregistrations).where(eq(deregistrations.number, number));
  if (!found) throw new NotFound("errors.notFound");
  const isOpen = ({ status }: Deregistration) =>
    OPEN_DEREGISTRATION_STATUSES.some((open) => open === status);
  if (!isOpen(found)) throw new Conflict("deregistrations.errors.over");
  const account = await lockAccount(tx, found.accountId);
  const standing = await findById(tx, found.id);
  if (!isOpen(standing)) throw new Conflict("deregistrations.errors.over");
  return { account, standing };
}
