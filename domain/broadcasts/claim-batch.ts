import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { LOCALES } from "@/db/vocabulary/languages";
import { CUT_OFF } from "@/db/vocabulary/routes";
import { sha256Hex } from "@/lib/hash";
import { mailTemplate } from "@/lib/mail-template";

import { chore } from "../chore";
import { countColumn, momentColumn, readOneRow, readRow, readRows } from "../rows";
import { ON_KNOWN_LINE } from "./known-line";
import { urgencyOf } from "./turns";

/** Longer than the mailer's own time-out of 15 s, so a living sender never loses its lease. */
const LEASE_SECONDS = 30;

const claimedRow = z.object({
  id: z.string(),
  broadcastId: z.string(),
  key: z.string(),
  attempts: countColumn,
  size: countColumn,
  body: z.string().nullable(),
  bodyHash: z.string().nullable(),
  locale: z.enum(LOCALES).nullable(),
  sender: z.string().nullable(),
  route: z.literal("smtp").nullable(),
  addresses: z.array(z.string()).nullable(),
  names: z.array(z.string()).nullable(),
  accounts: z.array(z.string()).nullable(),
  apps: z.array(z.string()).nullable(),
  keys: z.array(z.string()).nullable(),
});
type Claimed = z.output<typeof claimedRow>;
export type ClaimedBatch = Pick<Claimed, "id" | "key" | "attempts" | "size" | "route"> & {
  /** Null where they are no longer those that were tried, or their mail is gone: they must not leave. */
  body: string | null;
};
const dueRow = z.object({ due: momentColumn.nullable() });
const mailRow = z.object({
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  unsubscribe: z.string().nullable(),
  replyTo: z.string().nullable(),
});

/**
 * Claims the next batches that are due and nobody holds, of broadcasts that are not paused, the most
 * urgent first and else the broadcasts in turns, and puts their bytes together. The lease runs by the database's clock; the attempt number is the fencing
 * token that `settleBatches` asks for. The hash of the bytes is stored with the first attempt and
 * compared with each later one. A batch whose first attempt is older than 23 hours is not tried again
 * but marked unknown: Resend keeps an idempotency key for 24 h, and past that a retry could double the mail.
 * A server of SMTP keeps none: what was with a worker that never said what came of it may have left at once.
 */
export const claimBatches = chore({
  may: "broadcast.deliver",
  input: z.object({ most: z.int().default(1) }),

  async run({ tx }, { most }): Promise<ClaimedBatch[]> {
    await giveUpOnOldBatches(tx);
    await giveUpOnCutOff(tx);
    const claimed = await readRows(tx, claimedRow)`
      with waiting as (
        select m.id, ${urgencyOf(sql`b.kind`)} as urgency,
          row_number() over (partition by m.broadcast_id order by m.next_attempt_at, m.id) as turn
        from mail_batches m
        join broadcasts b on b.id = m.broadcast_id and b.status = 'sending'
        where ${IS_DUE} and ${ON_KNOWN_LINE}
      ), due as (
        select m.id
        from waiting w join mail_batches m on m.id = w.id
        join broadcasts b on b.id = m.broadcast_id and b.status = 'sending'
        where ${IS_DUE}
        order by w.urgency, w.turn, m.next_attempt_at
        limit ${most}
        for update of m skip locked
      ), claimed as (
        update mail_batches
        set attempts = attempts + 1,
          lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}),
          first_attempt_at = coalesce(first_attempt_at, clock_timestamp())
        where id in (select id from due)
        returning *
      ), noted as (
        insert into mail_attempts (batch_id, number, started_at)
        select id, attempts, clock_timestamp() from claimed
      )
      select id, broadcast_id as "broadcastId", idempotency_key as key, attempts, size, body,
        body_hash as "bodyHash", locale, sender, route, addresses, names, accounts, apps, keys
      from claimed`;
    const batches: (Bytes & ClaimedBatch)[] = [];
    for (const { id, key, attempts, size, route, bodyHash, ...parts } of claimed) {
      const body = await bodyOf(tx, parts);
      const hash = body === null ? null : sha256Hex(body);
      batches.push({ id, key, attempts, size, route, body, hash, bodyHash });
    }
    await keepHashes(tx, batches);
    return batches.map(({ hash, bodyHash, body, ...batch }) => ({
      ...batch,
      body: bodyHash === null || bodyHash === hash ? body : null,
    }));
  },
});

const IS_DUE = sql`m.status = 'frozen' and m.next_attempt_at <= clock_timestamp()
  and (m.lease_until is null or m.lease_until < clock_timestamp() and m.route is null)`;

type Bytes = { id: string; body: string | null; hash: string | null; bodyHash: string | null };

/** Of what is tried for the first time; whatever follows is held against it. */
async function keepHashes(tx: Tx, batches: readonly Bytes[]): Promise<void> {
  const first = batches.filter(({ hash, bodyHash }) => hash !== null && bodyHash === null);
  if (first.length === 0) return;
  await tx.execute(sql`
    update mail_batches m set body_hash = t.hash
    from unnest(${sql.param(first.map(({ id }) => id))}::uuid[],
      ${sql.param(first.map(({ hash }) => hash))}::text[]) as t(id, hash)
    where m.id = t.id`);
}

type Parts = Omit<Claimed, "id" | "key" | "attempts" | "size" | "route" | "bodyHash">;

/** The exact bytes of a batch, always the same: its parts and its rendered mail are frozen. Null where that mail is gone. */
export async function bodyOf(tx: Tx, parts: Parts): Promise<string | null> {
  if (parts.body !== null) return parts.body;
  const { addresses, names, accounts, apps, keys } = parts;
  const fill = await templateOf(tx, parts);
  if (!fill || !addresses || !names || !accounts || !apps) return null;
  return fill(
    addresses.map((to, n) => ({
      to,
      name: names[n] ?? "",
      accounts: accounts[n] ?? "",
      apps: apps[n] ?? "",
      key: keys?.[n] ?? "",
    })),
  );
}

/** The rendered mails in use, cut into pieces; each is frozen, so that it may be kept. */
const templates = new Map<string, ReturnType<typeof mailTemplate>>();
const MOST_TEMPLATES = 8;

async function templateOf(tx: Tx, { broadcastId, locale, sender }: Parts) {
  const key = `${broadcastId} ${locale} ${sender}`;
  const kept = templates.get(key);
  if (kept) return kept;
  const mail = await readRow(tx, mailRow)`
    select subject, html, text, unsubscribe, reply_to as "replyTo" from broadcast_mails
    where broadcast_id = ${broadcastId} and locale = ${locale}`;
  // A receipt goes with the answer that was erased.
  if (!mail) return null;
  const template = mailTemplate({ from: sender ?? "", ...mail });
  if (templates.size >= MOST_TEMPLATES) templates.clear();
  templates.set(key, template);
  return template;
}

/** When the earliest frozen batch can next be claimed, by the database's clock; null when none is left. */
export const nextBatchDueAt = chore({
  may: "broadcast.deliver",
  input: z.object({}),

  async run({ tx }): Promise<Date | null> {
    const { due } = await readOneRow(tx, dueRow)`
      select min(greatest(m.next_attempt_at, m.lease_until)) as due
      from mail_batches m join broadcasts b on b.id = m.broadcast_id and b.status = 'sending'
      where m.status = 'frozen'`;
    return due;
  },
});

async function giveUpOnOldBatches(tx: Tx) {
  await tx.execute(sql`
    with old as (
      update mail_batches set settled_at = clock_timestamp(),
        -- What a server of SMTP put off each time has not left.
        status = case when route is null then 'unknown' else 'failed' end
      where status = 'frozen' and first_attempt_at < clock_timestamp() - interval '23 hours'
        and (lease_until is null or lease_until < clock_timestamp())
      returning id, last_error, status
    )
    update deliveries d set status = old.status, reason = old.last_error,
      settled_at = case when old.status = 'failed' then clock_timestamp() end
    from old where d.batch_id = old.id and d.status = 'queued'`);
}

/** Mails by SMTP whose worker was killed with them: sent again they could be doubled. */
async function giveUpOnCutOff(tx: Tx) {
  await tx.execute(sql`
    with cut as (
      update mail_batches set status = 'unknown', last_error = ${CUT_OFF}, settled_at = clock_timestamp()
      where status = 'frozen' and route = 'smtp' and attempts > 0 and lease_until < clock_timestamp()
      returning id
    )
    update deliveries d set status = 'unknown', reason = ${CUT_OFF}
    from cut where d.batch_id = cut.id and d.status = 'queued'`);
}
