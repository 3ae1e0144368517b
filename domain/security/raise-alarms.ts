import { and, count, desc, eq, gt, inArray, lte, max, sql, type SQLWrapper } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { auditChecks, securityAlarms, securityEvents, staffRoles } from "@/db/schema";
import type { AlarmPattern, SecurityEvent } from "@/db/vocabulary/security";

import { callbackTrouble, FAILING_HOURS } from "../broadcasts/callback-trouble";
import { rehearsalClock } from "../broadcasts/rehearsal-due";
import { startBroadcast } from "../broadcasts/start";
import { type RecordedStep, verb } from "../verb";

const HOUR_MS = 3_600_000;

/** From how many on, within how many hours. Wrong codes as from where they have to wait (access/door-limits.ts). */
export const THRESHOLDS: Record<AlarmPattern, { from: number; hours: number }> = {
  address_guessed: { from: 10, hours: 24 },
  own_address_guessed: { from: 10, hours: 24 },
  network_guessing: { from: 20, hours: 1 },
  guessing_everywhere: { from: 60, hours: 1 },
  person_refused: { from: 20, hours: 1 },
  record_broken: { from: 1, hours: 1 },
  callback_failing: { from: 1, hours: FAILING_HOURS },
  callback_gone: { from: 1, hours: 24 },
  rehearsal_overdue: { from: 1, hours: 24 },
};

/**
 * Looks for patterns in the security records, for a broken record, a ticket system that takes no calls and
 * a rehearsal that is overdue, and tells the administrators of each, and the owner of an address whose codes are guessed. Once for each
 * pattern, whom it concerns and hour; an owner and of the ticket system once a day, of its end and of
 * a rehearsal once.
 * @returns how many alarms were raised
 */
export const raiseAlarms = verb({
  may: "security.note",
  input: z.object({}),

  async run(step) {
    let raised = 0;
    for (const pattern of await patternsOf(step.tx, step.now)) {
      const alarm = await enter(step, pattern);
      if (!alarm) continue;
      raised += 1;
      await step.record("alarm.raised", {
        id: alarm.id,
        after: { pattern: pattern.pattern, count: pattern.count },
      });
      await tell(step, { id: alarm.id, ...pattern });
    }
    return raised === 0 ? step.unchanged({ raised }) : { raised };
  },
});

type Pattern = {
  pattern: AlarmPattern;
  /** What tells it from others of its kind: a mailbox as the door counts it, a network, a person. */
  subject: string;
  count: number;
  userId: string | null;
  network: string | null;
  /** Since when it counts, where that is no hour and no day: it is raised once. */
  since?: Date;
};

async function patternsOf(tx: Tx, now: Date): Promise<Pattern[]> {
  const { inboxKey, network, userId } = securityEvents;
  const [addresses, networks, all, people] = [
    await countBy(tx, { column: inboxKey, kind: "sign_in_failed", as: "address_guessed", now }),
    await countBy(tx, { column: network, kind: "sign_in_failed", as: "network_guessing", now }),
    await countBy(tx, { column: sql`''`, kind: "sign_in_failed", as: "guessing_everywhere", now }),
    await countBy(tx, { column: userId, kind: "refused", as: "person_refused", now }),
  ];
  const owned = addresses.filter((one) => one.userId !== null);
  return [
    ...addresses.map((one) => ({ ...one, network: null })),
    ...owned.map((one) => ({ ...one, network: null, pattern: "own_address_guessed" as const })),
    ...networks
      .filter(({ subject }) => subject !== "")
      .map((one) => ({ ...one, userId: null, network: one.subject })),
    ...all.map((one) => ({ ...one, userId: null, network: null })),
    ...people.map((one) => ({ ...one, network: null })),
    ...(await brokenRecord(tx)),
    ...(await troubledCallback(tx, now)),
    ...(await overdueRehearsal(tx, now)),
  ];
}

/** The ticket system that is called back takes no calls, or wants none any more (docs/decisions/079). */
async function troubledCallback(tx: Tx, now: Date): Promise<Pattern[]> {
  const trouble = await callbackTrouble(tx, now);
  if (!trouble) return [];
  const { endpointId: subject, state, calls: count, since } = trouble;
  const about = { subject, count, userId: null, network: null };
  return state === "gone"
    ? [{ pattern: "callback_gone", ...about, since }]
    : [{ pattern: "callback_failing", ...about }];
}

/** The next rehearsal of incident notices was to have followed by now (docs/decisions/094); counted in days since the last. */
async function overdueRehearsal(tx: Tx, now: Date): Promise<Pattern[]> {
  const clock = await rehearsalClock(tx, now);
  if (!clock?.isOverdue) return [];
  const { daysAgo: count, dueAt: since } = clock;
  const about = { subject: "rehearsal", count, userId: null, network: null };
  return [{ pattern: "rehearsal_overdue", ...about, since }];
}

/** What the last check of the sealed record found (domain/audit/check-record.ts). */
async function brokenRecord(tx: Tx): Promise<Pattern[]> {
  const [last] = await tx.select().from(auditChecks).orderBy(desc(auditChecks.checkedAt)).limit(1);
  if (!Array.isArray(last?.fault)) return [];
  const found = { pattern: "record_broken" as const, subject: "record", count: last.fault.length };
  return [{ ...found, userId: null, network: null }];
}

type Counting = {
  column: SQLWrapper;
  kind: SecurityEvent;
  as: AlarmPattern;
  now: Date;
};

/** What has come to its threshold, and went on within the last hour. */
async function countBy(tx: Tx, { column, kind, as, now }: Counting) {
  const { from, hours } = THRESHOLDS[as];
  const ago = (span: number) => new Date(now.getTime() - span * HOUR_MS);
  const rows = await tx
    .select({
      subject: sql<string>`${column}::text`,
      count: count(),
      userId: sql<string | null>`max(${securityEvents.userId}::text)`,
    })
    .from(securityEvents)
    .where(
      and(
        eq(securityEvents.kind, kind),
        gt(securityEvents.at, ago(hours)),
        lte(securityEvents.at, now),
        sql`${column} is not null`,
      ),
    )
    .groupBy(sql`1`)
    .having(and(sql`count(*) >= ${from}`, gt(max(securityEvents.at), ago(1))));
  return rows.map((row) => ({ ...row, pattern: as }));
}

/** These are told once a day while they last, the others once an hour. */
const DAILY: ReadonlySet<AlarmPattern> = new Set(["own_address_guessed", "callback_failing"]);

/** Null where this one was raised in the same hour or on the same day, or since the same moment. */
async function enter({ tx, now }: RecordedStep, { pattern, since, ...seen }: Pattern) {
  const unit = DAILY.has(pattern) ? "day" : "hour";
  const begun = sql`date_trunc(${unit}, ${now.toISOString()}::timestamptz, 'Asia/Shanghai')`;
  const [alarm] = await tx
    .insert(securityAlarms)
    .values({ pattern, ...seen, since: since ?? begun, raisedAt: now })
    .onConflictDoNothing()
    .returning({ id: securityAlarms.id });
  return alarm;
}

async function tell(
  step: RecordedStep,
  { id, pattern, userId, ...seen }: Pattern & { id: string },
) {
  const { tx, now } = step;
  const isOwn = pattern === "own_address_guessed";
  const userIds = isOwn && userId ? [userId] : await staffFor(tx, pattern, userId);
  if (userIds.length === 0) return;
  const { hours } = THRESHOLDS[pattern];
  await startBroadcast(step, {
    kind: "security_alarm",
    subjectId: id,
    facts: {
      ...{ alarmId: id, pattern, count: seen.count, hours, raisedAt: now.toISOString() },
      isStaff: !isOwn || (await isStaff(tx, userId ?? "")),
    },
    audience: { userIds },
  });
}

/** Whom an alarm is told to: administrators, of a rehearsal who opens them too; not the one it is about, where there is another. */
async function staffFor(tx: Tx, pattern: AlarmPattern, about: string | null): Promise<string[]> {
  const roles =
    pattern === "rehearsal_overdue" ? (["admin", "author"] as const) : ["admin" as const];
  const rows = await tx
    .selectDistinct({ id: staffRoles.userId })
    .from(staffRoles)
    .where(inArray(staffRoles.role, [...roles]));
  const all = rows.map(({ id }) => id);
  const others = all.filter((id) => id !== about);
  return others.length > 0 ? others : all;
}

const isStaff = async (tx: Tx, userId: string): Promise<boolean> =>
  (await tx.$count(staffRoles, eq(staffRoles.userId, userId))) > 0;
