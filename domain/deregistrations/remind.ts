import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import { deregistrations } from "@/db/schema";

import { query } from "../query";
import { verb } from "../verb";
import { deregistrationInput } from "./input";
import { findById, lockAccount, ownersOf } from "./lock";
import { COOLING_OFF_DAYS } from "./rules";
import { tellOwners } from "./tell";

const DAY = 86_400_000;
/** How long before the end each reminder goes out: half the time, then a day. */
const REMINDS_BEFORE_MS = [(COOLING_OFF_DAYS * DAY) / 2, DAY] as const;

/** How many reminders should have gone out by a moment. */
export const remindersDue = (executeAfter: Date, now: Date): number =>
  REMINDS_BEFORE_MS.filter((before) => executeAfter.getTime() - before <= now.getTime()).length;

/** The ids of those that cool off, are not paused and owe their owners a reminder. */
export const listToRemind = query({
  may: "deregistration.execute",
  input: z.object({}),

  async run({ db, now }): Promise<string[]> {
    const cooling = await db
      .select()
      .from(deregistrations)
      .where(
        and(
          eq(deregistrations.status, "cooling_off"),
          isNull(deregistrations.pausedAt),
          sql`${deregistrations.executeAfter} > ${now.toISOString()}::timestamptz`,
        ),
      );
    return cooling
      .filter(({ executeAfter, reminders }) =>
        executeAfter ? remindersDue(executeAfter, now) > reminders : false,
      )
      .map(({ id }) => id);
  },
});

/** Reminds the owners that the account will go, once for each time; a second run does nothing. */
export const remindOwners = verb({
  may: "deregistration.execute",
  input: deregistrationInput,

  async run(step, { id }) {
    const { tx, now, record, unchanged } = step;
    const { accountId } = await findById(tx, id);
    const account = await lockAccount(tx, accountId);
    const standing = await findById(tx, id);
    const { status, executeAfter, pausedAt, number } = standing;
    if (status !== "cooling_off" || !executeAfter || pausedAt || executeAfter <= now)
      return unchanged();
    const reminders = remindersDue(executeAfter, now);
    if (reminders <= standing.reminders) return unchanged();
    await tx.update(deregistrations).set({ reminders }).where(eq(deregistrations.id, id));
    await record("deregistration.reminded", { id, after: { number, accountId, executeAfter } });
    await tellOwners(step, {
      deregistration: standing,
      ...{ account, event: "reminded", owners: await ownersOf(tx, accountId) },
    });
  },
});
