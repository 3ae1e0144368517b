import { gte, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { users } from "@/db/schema";

import { query } from "../query";
import { countColumn, momentColumn, readOneRow, readRow, readRows } from "../rows";
import { verb } from "../verb";

/** Younger ones may still be on their way into the database. */
const WITHIN_MINUTES = 10;

export const EVENT_SOURCES = ["provider_reports", "refusals"] as const;
type Source = (typeof EVENT_SOURCES)[number];

/**
 * The events of a source in one order, each as a line of what never changes: what may be erased (what a
 * provider said of an address, from which network somebody came) is left out.
 */
const LINES: Record<Source, SQL> = {
  provider_reports: sql`
    select received_at as at, id, concat_ws('|', id, type, provider_id, to_json(occurred_at at time zone 'UTC')) as line
    from provider_events`,
  refusals: sql`
    select at, id::text, concat_ws('|', id, user_id, what, to_json(at at time zone 'UTC')) as line
    from security_events where kind = 'refused'`,
};

type Span = { from: Date | null; until: Date };
const sealedRow = z.object({ count: countColumn, hash: z.string() });

/** How many there were in a span, and SHA-256 over the SHA-256 of each line in turn, which names nobody. */
const hashOfSpan = (db: Db | Tx, source: Source, { from, until }: Span) =>
  readOneRow(db, sealedRow)`
    select count(*), encode(sha256(coalesce(
      string_agg(sha256(convert_to(line, 'UTF8')), ''::bytea order by at, id), ''::bytea)), 'hex') as hash
    from (${LINES[source]}) one
    where at <= ${until.toISOString()}::timestamptz
      and (${from?.toISOString() ?? null}::timestamptz is null or at > ${from?.toISOString() ?? null}::timestamptz)`;

const untilRow = z.object({ until: z.coerce.date() });

/**
 * Puts on the record what providers reported and who was refused what since the last time, by one hash
 * for all of it: no report can be changed, added or taken away later unnoticed, and the record holds nobody's data.
 * @returns how many events
 */
export const sealEvents = verb({
  may: "audit.seal",
  input: z.object({}),

  async run({ tx, now, record, unchanged }): Promise<number> {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('audit.seal_events'))`);
    const until = new Date(now.getTime() - WITHIN_MINUTES * 60_000);
    let sealed = 0;
    for (const source of EVENT_SOURCES) {
      const last = await readRow(tx, untilRow)`
        select after ->> 'until' as until from audit_entries
        where action = 'record.events_sealed' and subject_id = ${source} order by seq desc limit 1`;
      const from = last?.until ?? null;
      const { count, hash } = await hashOfSpan(tx, source, { from, until });
      if (count === 0) continue;
      await record("record.events_sealed", {
        id: source,
        after: { source, from, until, count, hash },
      });
      sealed += count;
    }
    return sealed > 0 ? sealed : unchanged(0);
  },
});

const spanRow = z.object({
  seq: z.coerce.number(),
  source: z.enum(EVENT_SOURCES),
  from: z.coerce.date().nullable(),
  until: z.coerce.date(),
  count: countColumn,
  hash: z.string(),
  at: momentColumn,
});

/**
 * Holds the events that are still kept against what was sealed of them. @returns the entries that they do
 * not agree with; what ran out of its time (180 days for refusals) since is none, and neither are refusals
 * that are fewer once somebody was erased: theirs went with them, and how many those were nobody keeps
 */
export const checkEvents = query({
  may: "audit.seal",
  input: z.object({ keptSince: z.date() }),

  async run({ db }, { keptSince }) {
    const spans = await readRows(db, spanRow)`
      select seq, at, after ->> 'source' as source, after ->> 'from' as from, after ->> 'until' as until,
        (after ->> 'count')::int as count, after ->> 'hash' as hash
      from audit_entries where action = 'record.events_sealed' order by seq`;
    const wrong: { seq: number; source: Source }[] = [];
    for (const { seq, at, source, from, until, count, hash } of spans) {
      if (!from ? until < keptSince : from < keptSince) continue;
      const now = await hashOfSpan(db, source, { from, until });
      if (now.hash === hash && now.count === count) continue;
      const mayBeErased = source === "refusals" && now.count < count;
      if (!mayBeErased || !(await wasErasedSince(db, at))) wrong.push({ seq, source });
    }
    return wrong;
  },
});

/** Whether anybody's own records went (domain/retention/erase-people.ts) since a moment. */
const wasErasedSince = async (db: Db | Tx, at: Date): Promise<boolean> =>
  (await db.$count(users, gte(users.erasedAt, at))) > 0;
