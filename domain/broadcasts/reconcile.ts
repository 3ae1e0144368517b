import { desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";

import { auditEntries, broadcasts } from "@/db/schema";
import { CHANNELS, TOLD_TO_ACCOUNTS } from "@/db/vocabulary/broadcasts";
import { HELD } from "@/db/vocabulary/waves";
import { hashOf } from "@/lib/hash";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { countColumn, readOneRow } from "../rows";
import { rankOf, REPORTING_EVENTS, reportedStatus } from "./delivery-status";

/** What has to be the same in a broadcast, told in the order it comes about. */
export const RECONCILED = [
  "people",
  "messages",
  "batches",
  "accepted",
  "ids",
  "reports",
  "recordPeople",
  "recordFacts",
] as const;
export type Reconciled = (typeof RECONCILED)[number];

/** `found` beside what it has to be; of a hash 1 where it is the same. */
export type Check = { what: Reconciled; expected: number; found: number };
export type Reconciliation = Awaited<ReturnType<typeof reconcile>>;

const countsRow = z.object({
  ahead: countColumn,
  people: countColumn,
  told: countColumn,
  messages: countColumn,
  mails: countColumn,
  inBatches: countColumn,
  frozen: countColumn,
  accepted: countColumn,
  acceptedWithId: countColumn,
  ids: countColumn,
  distinctIds: countColumn,
  unapplied: countColumn,
});

/** Only the provider can say these of a mail, so it has given it an id. */
const ACCEPTED = ["sent", "unconfirmed", "delivered", "deferred", "complained"];

/**
 * Whether four books of one broadcast say the same: the frozen snapshot, the batches handed to the
 * provider with the ids and reports it gave back, the deliveries, and the record. People told in place of
 * somebody whose mail came back were not in the snapshot and are counted apart. It reads every row of
 * the broadcast, a million in seconds: it is asked for, never shown by the way. @throws NotFound
 */
export const reconcile = query({
  may: "broadcast.reconcile",
  input: z.object({ id: uuid }),

  async run({ db }, { id }) {
    const [broadcast] = await db.select().from(broadcasts).where(eq(broadcasts.id, id));
    if (!broadcast) throw new NotFound("errors.notFound");
    const counts = await readOneRow(db, countsRow)`
      with rows as (
        select d.*, ${rankOf(sql`d.status`)} as rank from deliveries d where d.broadcast_id = ${id}
      ), mails as (select * from rows where channel = 'email')
      select
        (select coalesce(sum(people), 0) from audience_parts where broadcast_id = ${id}) as ahead,
        (select count(distinct user_id) from rows where fallback_of is null) as people,
        (select count(distinct user_id) from rows
          where fallback_of is null and reason is distinct from ${HELD}) as told,
        (select count(*) from rows where channel = 'inbox' and fallback_of is null) as messages,
        (select count(*) from mails) as mails,
        (select count(batch_id) + coalesce(sum(cardinality(earlier_batch_ids)), 0) from mails) as "inBatches",
        (select coalesce(sum(size), 0) from mail_batches where broadcast_id = ${id}) as frozen,
        (select count(*) from mails where status = any(${sql.param(ACCEPTED)}::text[])) as accepted,
        (select count(provider_id) from mails where status = any(${sql.param(ACCEPTED)}::text[])) as "acceptedWithId",
        (select count(provider_id) from mails) as ids,
        (select count(distinct provider_id) from mails) as "distinctIds",
        (select count(*) from mails m where exists (
          select from provider_events e
          where e.provider_id = m.provider_id and e.type = any(${sql.param([...REPORTING_EVENTS])}::text[])
            and ${rankOf(reportedStatus(sql`e.type`))} > m.rank
        )) as unapplied`;
    const [started] = await db
      .select({ after: auditEntries.after })
      .from(auditEntries)
      .where(
        sql`${auditEntries.subjectType} = 'broadcast' and ${auditEntries.subjectId} = ${id}
          and ${auditEntries.action} = 'broadcast.started'`,
      );
    const recorded = recordedStart.parse(started?.after ?? {});
    const isSame = hashOf(broadcast.facts) === broadcast.factsHash;
    const checks: Check[] = [
      { what: "people", expected: broadcast.people, found: counts.people + counts.ahead },
      {
        what: "messages",
        // Who was held back for a wave that never came has none.
        expected: recorded.channels.includes("inbox") ? counts.told : 0,
        found: counts.messages,
      },
      { what: "batches", expected: counts.frozen, found: counts.inBatches },
      { what: "accepted", expected: counts.accepted, found: counts.acceptedWithId },
      { what: "ids", expected: counts.ids, found: counts.distinctIds },
      { what: "reports", expected: 0, found: counts.unapplied },
      { what: "recordPeople", expected: broadcast.people, found: recorded.people ?? 0 },
      {
        what: "recordFacts",
        expected: 1,
        found: isSame && recorded.factsHash === broadcast.factsHash ? 1 : 0,
      },
    ];
    return {
      id,
      ...{ kind: broadcast.kind, people: broadcast.people, mails: counts.mails },
      checks,
      agrees: checks.every(({ expected, found }) => expected === found),
    };
  },
});

/** The newest broadcasts that told accounts, for who asks of all of them. */
export const listToReconcile = query({
  may: "broadcast.reconcile",
  input: z.object({ limit: z.number().int().min(1).max(1000) }),

  run: ({ db }, { limit }) =>
    db
      .select({ id: broadcasts.id })
      .from(broadcasts)
      .where(inArray(broadcasts.kind, [...TOLD_TO_ACCOUNTS]))
      .orderBy(desc(broadcasts.startedAt), desc(broadcasts.id))
      .limit(limit),
});

/** What the record says of the start; nothing of one that is not on it. */
const recordedStart = z.object({
  people: z.number().optional(),
  factsHash: z.string().optional(),
  channels: z.array(z.enum(CHANNELS)).default([...CHANNELS]),
});
