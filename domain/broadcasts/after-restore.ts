import { sql } from "drizzle-orm";
import { z } from "zod";

import { databaseLines } from "@/db/schema";

import { chore } from "../chore";
import { query } from "../query";
import { changeRows, countColumn, idRow, momentColumn, readOneRow, readRows } from "../rows";
import { verb } from "../verb";
import { REPORTING_EVENTS } from "./delivery-status";
import { HERE, ON_KNOWN_LINE } from "./known-line";
import { recordProviderEvents } from "./record-provider-events";

/**
 * Older than any doubt about clocks: the provider's, ours, and how long a mail may have been under way
 * (a minute) before what was frozen last.
 */
const MARGIN_MINUTES = 5;

const lineRow = z.object({
  cluster: z.string(),
  line: countColumn,
  isKnown: z.boolean(),
  isFirst: z.boolean(),
  since: momentColumn.nullable(),
});

/**
 * Where the database stands: its cluster, and the line of its history, which every restore and every
 * promotion of a standby opens anew; both by PostgreSQL itself. `since` is the last moment the database
 * knows of, less a margin: what the provider accepted before it is known here.
 */
export const readLine = query({
  may: "broadcast.deliver",
  input: z.object({}),

  run: ({ db }) => readOneRow(db, lineRow)`
    select h.cluster, h.line, ${ON_KNOWN_LINE} as "isKnown",
      not exists (select from database_lines) as "isFirst",
      greatest(
        (select max(at) from audit_entries), (select max(frozen_at) from mail_batches)
      ) - make_interval(mins => ${MARGIN_MINUTES}) as since
    from (${HERE}) as h`,
});

const lineInput = z.object({ cluster: z.string(), line: z.int() });

/** Puts down a line as known. */
export const keepLine = chore({
  may: "broadcast.deliver",
  input: lineInput,

  async run({ tx, now }, given): Promise<void> {
    await tx
      .insert(databaseLines)
      .values({ ...given, firstSeenAt: now })
      .onConflictDoNothing();
  },
});

/** Says on the record what was done on a line that a restore or a promotion has opened. */
export const noteRestored = verb({
  may: "broadcast.deliver",
  input: lineInput.extend({
    since: z.date(),
    found: z.int(),
    held: z.int(),
  }),

  async run(step, { cluster, line, ...done }): Promise<void> {
    await step.record("record.restored", { id: `${cluster}/${line}`, after: done });
    await keepLine(step, { cluster, line });
  },
});

/**
 * What was frozen may have been tried since the moment the database was restored to: from now on its
 * first attempt counts from then, so that its key has not run out where 23 hours are said to remain.
 */
export const ageFrozenBatches = chore({
  may: "broadcast.deliver",
  input: z.object({}),

  run: ({ tx }) => changeRows(tx)`
    update mail_batches set first_attempt_at = frozen_at
    where status = 'frozen' and first_attempt_at is null`,
});

const foundMail = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  at: z.date(),
  /** The provider's word for how it stands, e.g. "delivered". */
  lastEvent: z.string(),
});
export type FoundMail = z.output<typeof foundMail>;

const settledRow = z.object({ attached: countColumn, unknown: countColumn, strange: countColumn });

/**
 * Gives mails that the provider accepted, and this database does not know of, to the deliveries that
 * wait for them: to the same address, with the same subject, in the order in which they were accepted.
 * Where more wait than were accepted, nobody can say which it was: those are unknown, and leave no more.
 * @returns how many deliveries got their mail, how many are unknown, and how many mails nothing waited for
 */
export const attachFound = chore({
  may: "broadcast.deliver",
  input: z.object({ mails: z.array(foundMail) }),

  async run({ tx }, { mails }) {
    const column = (of: (one: FoundMail) => string) => sql.param(mails.map(of));
    const settled = await readOneRow(tx, settledRow)`
      with found as materialized (
        select f.* from unnest(
          ${column(({ id }) => id)}::text[], ${column(({ to }) => to.toLowerCase())}::text[],
          ${column(({ subject }) => subject)}::text[], ${column(({ at }) => at.toISOString())}::timestamptz[]
        ) as f(id, address, subject, at)
        where not exists (select from deliveries d where d.provider_id = f.id)
      ), numbered as materialized (
        select f.*, row_number() over (partition by address, subject order by at, id) as n,
          count(*) over (partition by address, subject) as many
        from found f
      ), waiting as materialized (
        select d.id, lower(d.address) as address, m.subject,
          row_number() over (partition by lower(d.address), m.subject order by b.started_at, d.id) as n,
          count(*) over (partition by lower(d.address), m.subject) as many
        from broadcasts b
        join broadcast_mails m on m.broadcast_id = b.id
        join deliveries d on d.broadcast_id = b.id and d.locale = m.locale
        where b.status in ('sending', 'paused') and d.channel = 'email'
          and d.status in ('queued', 'unknown') and d.provider_id is null and d.address is not null
      ), attached as (
        update deliveries d
        set status = 'sent', provider_id = f.id, sent_at = f.at, settled_at = null, reason = null
        from waiting w join numbered f using (address, subject, n)
        where d.id = w.id and w.many <= f.many
        returning d.id
      ), unclear as (
        update deliveries d set status = 'unknown', reason = 'restored'
        from waiting w
        where d.id = w.id and d.status = 'queued' and exists (
          select from numbered f
          where f.address = w.address and f.subject = w.subject and f.many < w.many)
        returning d.id
      )
      select (select count(*) from attached) as attached, (select count(*) from unclear) as unknown,
        (select count(*) from found) - (select count(*) from attached) as strange`;
    // Nothing of them is left to be handed over.
    await tx.execute(sql`
      update mail_batches m set status = 'sent', lease_until = null, settled_at = clock_timestamp()
      where m.status = 'frozen' and m.first_attempt_at is not null and not exists (
        select from deliveries d where d.batch_id = m.id and d.status = 'queued')`);
    return settled;
  },
});

const openRow = z.object({ providerId: z.string() });

/** Enters what the provider says of mails whose reports are missing here; a report that still comes changes nothing. */
export const reportFound = chore({
  may: "broadcast.recordEvent",
  input: z.object({ mails: z.array(foundMail.pick({ id: true, lastEvent: true })).max(500) }),

  async run(step, { mails }): Promise<number> {
    const { tx, now } = step;
    const open = await readRows(tx, openRow)`
      select provider_id as "providerId" from deliveries
      where provider_id = any(${sql.param(mails.map(({ id }) => id))}::text[]) and status = 'sent'`;
    const ids = new Set(open.map(({ providerId }) => providerId));
    const events = mails.flatMap(({ id, lastEvent }) => {
      const type = reportOf(lastEvent);
      return ids.has(id) && REPORTING_EVENTS.includes(type)
        ? [{ id: `list/${id}/${lastEvent}`, type, providerId: id, occurredAt: now, detail: null }]
        : [];
    });
    return (await recordProviderEvents(step, { events })).length;
  },
});

/** Neither the list nor the answer on one mail says whether a bounce is for good, so that none is taken to be. */
function reportOf(lastEvent: string): string {
  if (lastEvent === "opened" || lastEvent === "clicked") return "email.delivered";
  return lastEvent === "bounced" ? "email.bounced.temporary" : `email.${lastEvent}`;
}

/** Holds every broadcast with mails to go, or with mails by SMTP, until somebody has looked at what the provider or the server accepted. */
export const holdBroadcasts = verb({
  may: "broadcast.deliver",
  input: z.object({ bySmtp: z.boolean().default(false) }),

  async run({ tx, now, recordEach, unchanged }, { bySmtp }): Promise<number> {
    const held = await readRows(tx, idRow)`
      update broadcasts b set status = 'paused', paused_at = ${now.toISOString()}::timestamptz
      where b.status = 'sending' and (b.prepared_at is null and (not ${bySmtp}::boolean or b.routes::text like '%"smtp"%') or exists (
        select from deliveries d
        where d.broadcast_id = b.id and d.channel = 'email' and d.status = 'queued'
            and (not ${bySmtp}::boolean or d.route = 'smtp')))
      returning b.id`;
    if (held.length === 0) return unchanged(0);
    await recordEach(
      "broadcast.paused",
      held.map(({ id }) => ({ id })),
    );
    return held.length;
  },
});
