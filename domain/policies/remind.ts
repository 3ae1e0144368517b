import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { broadcasts, policyAcknowledgements, policyVersions } from "@/db/schema";
import { BINDING_ROLES } from "@/db/vocabulary/access";
import { type VersionStatus } from "@/db/vocabulary/policies";
import { daysBetween, shanghaiDay } from "@/lib/shanghai";

import { startBroadcast } from "../broadcasts/start";
import { Conflict } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { verb } from "../verb";
import { lockVersion } from "./find";
import { policyChangeFacts } from "./change-facts";
import { asksForAnswers } from "./pending-answers";

/** A reminder leaves by itself this many days before the effective date. */
const REMIND_DAYS_BEFORE = [7, 3, 1];

/** A version that was withdrawn or replaced waits for nobody. */
export const takesReminders = (status: VersionStatus): boolean =>
  status === "scheduled" || status === "in_force";

/** On how many days before the effective date a reminder is still to come. */
export function remindersAhead(effectiveDate: string, now: Date): number[] {
  const left = daysBetween(shanghaiDay(now), effectiveDate);
  return REMIND_DAYS_BEFORE.filter((days) => days < left);
}

/** Reminds the owners and legal signatories of every account that has not answered a major change. At most once a day per version. @throws Conflict */
export const remindUnanswered = verb({
  may: "policy.remind",
  fresh: true,
  input: z.object({ versionId: uuid }),

  async run(step, { versionId }) {
    const { tx, now, record } = step;
    const { version, document } = await lockVersion(tx, versionId);
    if (!takesReminders(version.status) || !(await asksForAnswers(tx, version)))
      throw new Conflict("policies.errors.nothingToRemind");
    if (await remindedOn(tx, versionId, shanghaiDay(now)))
      throw new Conflict("policies.errors.remindedToday");

    const answered = await tx
      .selectDistinct({ accountId: policyAcknowledgements.accountId })
      .from(policyAcknowledgements)
      .where(eq(policyAcknowledgements.versionId, versionId));
    const told = await startBroadcast(step, {
      kind: "acknowledgement_reminder",
      subjectId: versionId,
      facts: await policyChangeFacts(tx, { version, document }),
      audience: {
        productId: document.productId,
        roles: BINDING_ROLES,
        exceptAccountIds: answered.map(({ accountId }) => accountId),
      },
    });
    await record("reminder.sent", {
      id: versionId,
      after: { broadcastId: told.id, people: told.people },
    });
    return told;
  },
});

/** The scheduled major versions whose reminder is due today. */
export const versionsToRemind = query({
  may: "policy.remind",
  input: z.object({}),

  async run({ db, now }) {
    const scheduled = await db
      .select({ id: policyVersions.id, effectiveDate: policyVersions.effectiveDate })
      .from(policyVersions)
      .where(and(eq(policyVersions.status, "scheduled"), eq(policyVersions.isMajor, true)));
    const today = shanghaiDay(now);
    return scheduled.filter(
      ({ effectiveDate }) =>
        effectiveDate && REMIND_DAYS_BEFORE.includes(daysBetween(today, effectiveDate)),
    );
  },
});

async function remindedOn(tx: Tx, versionId: string, day: string): Promise<boolean> {
  const [last] = await tx
    .select({ startedAt: broadcasts.startedAt })
    .from(broadcasts)
    .where(
      and(eq(broadcasts.subjectId, versionId), eq(broadcasts.kind, "acknowledgement_reminder")),
    )
    .orderBy(desc(broadcasts.startedAt))
    .limit(1);
  return last !== undefined && shanghaiDay(last.startedAt) === day;
}
