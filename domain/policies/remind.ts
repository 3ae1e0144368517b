import { and, desc, eq, isNull, lte, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { askDeferrals, broadcasts } from "@/db/schema";
import { BINDING_ROLES } from "@/db/vocabulary/access";
import { type VersionStatus } from "@/db/vocabulary/policies";
import { daysBetween, shanghaiDay } from "@/lib/shanghai";

import { askedVersions, askJoins, askState, MAY_ASK } from "../broadcasts/asks";
import { startBroadcast } from "../broadcasts/start";
import { Conflict } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { idRow, readRow, readRows } from "../rows";
import { type RecordedStep, verb } from "../verb";
import { lockVersion } from "./find";
import { policyChangeFacts } from "./change-facts";
import { readAsking } from "./pending-answers";
import { takesAnswers } from "./rules";

/** A reminder leaves by itself this many days before the effective date. */
const REMIND_DAYS_BEFORE = [7, 3, 1];

/**
 * And this many days after it to who is still silent: first to who may answer, then to the second
 * contacts too (every member, the legal contacts), and in the end operations are asked to speak to them.
 */
const OVERDUE_DAYS = { answerers: 1, secondContacts: 7, operations: 14 } as const;

/** On how many days before the effective date a reminder is still to come. */
export function remindersAhead(effectiveDate: string, now: Date): number[] {
  const left = daysBetween(shanghaiDay(now), effectiveDate);
  return REMIND_DAYS_BEFORE.filter((days) => days < left);
}

/** A version that was withdrawn, or that a later major one covers, waits for nobody. */
export const takesReminders = (version: {
  status: VersionStatus;
  asks: boolean;
  isSuperseded: boolean;
}): boolean => version.asks && takesAnswers(version);

/**
 * Reminds the owners and legal signatories of every account that has not answered a major change, after
 * its day in other words; with `secondContacts` all members and the legal contacts of those accounts.
 * Who put it off is left alone until the chosen day. At most once a day per version. @throws Conflict
 */
export const remindUnanswered = verb({
  may: "policy.remind",
  fresh: true,
  input: z.object({ versionId: uuid, secondContacts: z.boolean().default(false) }),

  async run(step, { versionId, secondContacts }) {
    const { tx, now, record } = step;
    const { version, document } = await lockVersion(tx, versionId);
    if (!takesReminders({ status: version.status, ...(await readAsking(tx, versionId)) }))
      throw new Conflict("policies.errors.nothingToRemind");
    if (await remindedOn(tx, versionId, shanghaiDay(now)))
      throw new Conflict("policies.errors.remindedToday");

    const isOverdue = version.effectiveAt !== null && version.effectiveAt <= now;
    const told = await startBroadcast(step, {
      kind: "acknowledgement_reminder",
      subjectId: versionId,
      facts: {
        ...(await policyChangeFacts(tx, { version, document })),
        ...(isOverdue && { occasion: "overdue" as const }),
      },
      audience: {
        productId: document.productId,
        ...(!secondContacts && { roles: BINDING_ROLES }),
        exceptAccountIds: await notToRemind(step, versionId),
      },
    });
    await record("reminder.sent", {
      id: versionId,
      after: { broadcastId: told.id, people: told.people },
    });
    return told;
  },
});

/** The accounts that have answered, need not, or chose a later day. */
async function notToRemind({ tx, now }: RecordedStep, versionId: string): Promise<string[]> {
  const rows = await readRows(tx, idRow)`
    with v as materialized (${askedVersions(sql`v.id = ${versionId}`)})
    select id from (
      select a.id, ${askState(now)} as state
      from v
      join (
        select account_id from policy_acknowledgements where version_id = ${versionId}
        union select account_id from ask_waivers where version_id = ${versionId}
        union select account_id from ask_deferrals where version_id = ${versionId}
      ) known on true
      join accounts a on a.id = known.account_id
      ${askJoins}
    ) standing
    where state in ('acknowledged', 'disagreed', 'waived', 'deferred')`;
  return rows.map(({ id }) => id);
}

const dueRow = z.object({ id: z.string(), days: z.int() });

/**
 * The versions of whose silence something is due today: a reminder, with the second contacts or
 * without, or a word to operations.
 */
export const versionsToRemind = query({
  may: "policy.remind",
  input: z.object({}),

  async run({ db, now }) {
    const rows = await readRows(db, dueRow)`
      select v.id, ((v.effective_at at time zone 'Asia/Shanghai')::date - ${shanghaiDay(now)}::date) as days
      from (${askedVersions(MAY_ASK)}) v
      where v.asks and not v.is_superseded`;
    return rows.flatMap(({ id, days }) => {
      const late = -days;
      const reminds =
        REMIND_DAYS_BEFORE.includes(days) || Object.values<number>(OVERDUE_DAYS).includes(late);
      const escalates = late >= OVERDUE_DAYS.operations;
      if (!reminds && !escalates) return [];
      return [{ id, reminds, escalates, secondContacts: late >= OVERDUE_DAYS.secondContacts }];
    });
  },
});

/** Reminds whoever put an answer off to today, once, unless the account has answered since. */
export const remindDeferred = verb({
  may: "policy.remindDeferred",
  input: z.object({}),

  async run(step) {
    const { tx, now, record, unchanged } = step;
    const due = await tx
      .select()
      .from(askDeferrals)
      .where(and(isNull(askDeferrals.remindedAt), lte(askDeferrals.until, shanghaiDay(now))))
      .limit(200)
      .for("update", { skipLocked: true });
    if (due.length === 0) return unchanged(0);
    for (const { versionId, accountId, userId, id } of due) {
      await tx.update(askDeferrals).set({ remindedAt: now }).where(eq(askDeferrals.id, id));
      if (!(await isStillAsked(step, { versionId, accountId }))) continue;
      const { version, document } = await lockVersion(tx, versionId, "share");
      await startBroadcast(step, {
        kind: "acknowledgement_reminder",
        subjectId: versionId,
        facts: {
          ...(await policyChangeFacts(tx, { version, document })),
          occasion: "deferred" as const,
        },
        audience: { accountId, userIds: [userId] },
      });
    }
    const versions = new Set(due.map(({ versionId }) => versionId));
    for (const id of versions) {
      const people = due.filter(({ versionId }) => versionId === id).length;
      await record("ask.deferral_ended", { id, after: { people } });
    }
    return due.length;
  },
});

async function isStillAsked(
  { tx, now }: RecordedStep,
  { versionId, accountId }: { versionId: string; accountId: string },
): Promise<boolean> {
  const found = await readRow(tx, z.object({ isOpen: z.boolean() }))`
    select state in ('waiting', 'joined_later', 'overdue') as "isOpen" from (
      select ${askState(now)} as state
      from (${askedVersions(sql`v.id = ${versionId}`)}) v
      join accounts a on a.id = ${accountId} and a.closed_at is null
      ${askJoins}
    ) standing`;
  return found?.isOpen ?? false;
}

/** Whether everybody silent was reminded on a day; of one who had put it off alone does not count. */
async function remindedOn(tx: Tx, versionId: string, day: string): Promise<boolean> {
  const [last] = await tx
    .select({ startedAt: broadcasts.startedAt })
    .from(broadcasts)
    .where(
      and(
        eq(broadcasts.subjectId, versionId),
        eq(broadcasts.kind, "acknowledgement_reminder"),
        sql`coalesce(${broadcasts.facts}->>'occasion', '') <> 'deferred'`,
      ),
    )
    .orderBy(desc(broadcasts.startedAt))
    .limit(1);
  return last !== undefined && shanghaiDay(last.startedAt) === day;
}
