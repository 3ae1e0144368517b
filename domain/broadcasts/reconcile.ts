import { desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { auditEntries, broadcasts } from "@/db/schema";
import { CHANNELS, TOLD_TO_ACCOUNTS } from "@/db/vocabulary/broadcasts";
import { REFUSED_LIKE } from "@/db/vocabulary/routes";
import { HELD } from "@/db/vocabulary/waves";
import { hashOf } from "@/lib/hash";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { countColumn, readOneRow } from "../rows";
import { rankOf, REPORTING_EVENTS, reportedStatus } from "./delivery-status";
import { rootOfPosts } from "./posted";

/** What has to be the same in a broadcast, told in the order it comes about. */
export const RECONCILED = [
  "people",
  "messages",
  "batches",
  "accepted",
  "ids",
  "reports",
  "withheld",
  "posts",
  "postAttempts",
  "postsTaken",
  "recordPeople",
  "recordFacts",
  "recordPosts",
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
  withheld: countColumn,
  withheldGone: countColumn,
});
const postsRow = z.object({
  ...{ posts: countColumn, ofTold: countColumn },
  ...{ tried: countColumn, attempts: countColumn },
  ...{ taken: countColumn, takenOnce: countColumn },
});

/**
 * What was posted: how much of it to somebody the broadcast tells (an account told or concerned, or a
 * person told, by their own browser), how often by the posts and by their log, and how many were taken.
 */
const countPosts = (db: Db | Tx, id: string) => readOneRow(db, postsRow)`
  with posts as (
    select d.*, e.account_id, e.user_id from dispatches d join endpoints e on e.id = d.endpoint_id
    where d.broadcast_id = ${id}
  ), told as materialized (
    select distinct one.account_id from deliveries t cross join unnest(t.account_ids) as one(account_id)
    where t.broadcast_id = ${id} and t.channel = 'inbox' and exists (select from posts)
  ), log as (
    select a.outcome, a.dispatch_id from dispatch_attempts a join posts p on p.id = a.dispatch_id
  )
  select count(*) as posts, coalesce(sum(attempts), 0) as tried,
    count(*) filter (where ${IS_TAKEN}) as taken,
    count(*) filter (where ${IS_TAKEN} and exists (
      select from log where log.dispatch_id = posts.id and log.outcome = 'delivered')) as "takenOnce",
    (select count(*) from log) as attempts,
    count(*) filter (where posts.account_id in (select account_id from told) or exists (
      select from deliveries t
      where t.broadcast_id = ${id} and t.channel = 'inbox' and t.user_id = posts.user_id
    ) or exists (
      select from broadcasts b
      join notices n on n.id = b.subject_id or n.incident_id = b.subject_id
      join notice_targets g on g.notice_id = n.id and g.account_id = posts.account_id
      where b.id = ${id}
    )) as "ofTold"
  from posts`;

/** Taken by its receiver: of a text message whatever its operator reported afterwards. */
const IS_TAKEN = sql`(status in ('accepted', 'delivered') or receipt is not null)`;

/** Only the provider can say these of a mail, so it has given it an id. */
const ACCEPTED = ["sent", "unconfirmed", "delivered", "deferred", "complained"];

/**
 * Whether the books of one broadcast say the same: the frozen snapshot, the batches handed to the
 * provider with the ids and reports it gave back, the deliveries, the posts with their log, and the record. People told in place of
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
        )) as unapplied,
        (select count(*) from mails where reason like ${REFUSED_LIKE}) as withheld,
        (select count(*) from mails where reason like ${REFUSED_LIKE}
          and (batch_id is not null or provider_id is not null or sent_at is not null)) as "withheldGone"`;
    const posts = await countPosts(db, id);
    const recorded = recordedStart.parse(await lastEntry(db, id, "broadcast.started"));
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
      { what: "withheld", expected: 0, found: counts.withheldGone },
      { what: "posts", expected: posts.posts, found: posts.ofTold },
      { what: "postAttempts", expected: posts.tried, found: posts.attempts },
      { what: "postsTaken", expected: posts.taken, found: posts.takenOnce },
      { what: "recordPeople", expected: broadcast.people, found: recorded.people ?? 0 },
      {
        what: "recordFacts",
        expected: 1,
        found: isSame && recorded.factsHash === broadcast.factsHash ? 1 : 0,
      },
      await postsOnRecord(db, broadcast),
    ];
    return {
      id,
      ...{ kind: broadcast.kind, people: broadcast.people, mails: counts.mails },
      /** Of the mails those that no route let leave: told in the site alone. */
      withheld: counts.withheld,
      checks,
      agrees: checks.every(({ expected, found }) => expected === found),
    };
  },
});

async function lastEntry(db: Db | Tx, id: string, action: string): Promise<unknown> {
  const [entry] = await db
    .select({ after: auditEntries.after })
    .from(auditEntries)
    .where(
      sql`${auditEntries.subjectType} = 'broadcast' and ${auditEntries.subjectId} = ${id}
        and ${auditEntries.action} = ${action}`,
    )
    .orderBy(desc(auditEntries.seq))
    .limit(1);
  return entry?.after ?? {};
}

/** Of what was posted the record gets its hash with the end. */
async function postsOnRecord(
  db: Db | Tx,
  { id, status }: { id: string; status: string },
): Promise<Check> {
  const posted = status === "finished" ? await rootOfPosts(db, id) : null;
  const sealed = recordedPosts.parse(await lastEntry(db, id, "broadcast.posted"));
  const isSame = posted?.postsHash === sealed.postsHash;
  const found = posted && isSame ? sealed.posts : 0;
  return { what: "recordPosts", expected: posted?.posts ?? 0, found };
}

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

const recordedPosts = z.object({ posts: z.number().default(0), postsHash: z.string().optional() });

/** What the record says of the start; nothing of one that is not on it. */
const recordedStart = z.object({
  people: z.number().optional(),
  factsHash: z.string().optional(),
  channels: z.array(z.enum(CHANNELS)).default([...CHANNELS]),
});
