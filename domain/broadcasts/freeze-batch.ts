import { randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { mailBatches } from "@/db/schema";
import type { BroadcastKind } from "@/db/vocabulary/broadcasts";
import { LOCALES } from "@/db/vocabulary/languages";
import { freezeBatch } from "@/lib/mailer";

import { chore } from "../chore";
import { readRow, readRows } from "../rows";
import { personalise } from "./personalise";

/** Resend takes at most 100 mails in one call (its batch documentation). */
const BATCH_SIZE = 100;

const waitingRow = z.object({
  id: z.string(),
  broadcastId: z.string(),
  locale: z.enum(LOCALES),
  address: z.string(),
  name: z.string(),
  accounts: z.string(),
  apps: z.string(),
});
type Waiting = z.output<typeof waitingRow>;
const mailRow = z.object({ subject: z.string(), html: z.string(), text: z.string() });

/** What leaves first where several wait: an incident, then answers to one person, then everything else. */
const URGENCY: readonly (readonly BroadcastKind[])[] = [
  ["incident_notice"],
  ["request_update", "acknowledgement_receipt", "security_alarm", "access_update"],
];

/**
 * Takes up to 100 waiting deliveries of one broadcast and language and freezes their mails: the
 * exact bytes and the idempotency key are stored before the first attempt, so that every retry
 * sends the same under the same key.
 * @returns how many mails were frozen; 0 when none waits.
 */
export const freezeNextBatch = chore({
  may: "broadcast.deliver",
  input: z.object({ from: z.string() }),

  async run({ tx }, { from }) {
    const waiting = await takeWaiting(tx);
    const [first] = waiting;
    if (!first) return 0;

    const mail = await findMail(tx, first);
    const { body, sha256 } = freezeBatch(
      waiting.map(({ address, name, accounts, apps }) => ({
        from,
        to: address,
        ...personalise(mail, { name, accounts, apps }),
      })),
    );
    const id = randomUUID();
    await tx.insert(mailBatches).values({
      id,
      broadcastId: first.broadcastId,
      // Of the batch, not of its recipients: those who failed may stand in another one later.
      idempotencyKey: `broadcast/${first.broadcastId}/${id}`,
      body,
      bodyHash: sha256,
      size: waiting.length,
      frozenAt: sql`clock_timestamp()`,
      nextAttemptAt: sql`clock_timestamp()`,
    });
    await tx.execute(sql`
      update deliveries d set batch_id = ${id}, batch_index = (w.position - 1)::int
      from unnest(${sql.param(waiting.map(({ id }) => id))}::uuid[]) with ordinality as w(id, position)
      where d.id = w.id`);
    return waiting.length;
  },
});

function takeWaiting(tx: Tx) {
  return readRows(tx, waitingRow)`
    with next as (
      select m.broadcast_id, m.locale
      from broadcast_mails m
      join broadcasts b on b.id = m.broadcast_id and b.status = 'sending'
      where exists (
        select 1 from deliveries d
        where d.broadcast_id = m.broadcast_id and d.locale = m.locale
          and d.channel = 'email' and d.status = 'queued' and d.batch_id is null
      )
      order by ${urgencyOf(sql`b.kind`)}, b.started_at
      limit 1
      -- Whoever pauses or cancels waits for this, and this for them.
      for share of b
    ), taken as (
      select d.id, d.broadcast_id, d.locale, d.address, d.user_id, d.account_ids, d.app_ids
      from deliveries d
      join next n on n.broadcast_id = d.broadcast_id and n.locale = d.locale
      where d.channel = 'email' and d.status = 'queued' and d.batch_id is null
      order by d.user_id
      limit ${BATCH_SIZE}
      for update of d skip locked
    )
    select t.id, t.broadcast_id as "broadcastId", t.locale, t.address, u.name,
      coalesce((select string_agg(a.name || ' (' || a.uin || ')', ', ' order by a.uin)
       from accounts a where a.id = any(t.account_ids)), '') as accounts,
      coalesce((select string_agg(p.name || ' (' || p.sdk_app_id || ')', ', ' order by p.sdk_app_id)
       from apps p where p.id = any(t.app_ids)), '') as apps
    from taken t join users u on u.id = t.user_id
    order by t.user_id`;
}

function urgencyOf(kind: SQL): SQL {
  const cases = URGENCY.flatMap((kinds, rank) =>
    kinds.map((one) => sql`when ${one} then ${sql.raw(String(rank))}`),
  );
  return sql`case ${kind} ${sql.join(cases, sql` `)} else ${sql.raw(String(URGENCY.length))} end`;
}

async function findMail(tx: Tx, { broadcastId, locale }: Waiting) {
  const mail = await readRow(tx, mailRow)`
    select subject, html, text from broadcast_mails
    where broadcast_id = ${broadcastId} and locale = ${locale}`;
  if (!mail) throw new Error(`broadcast ${broadcastId} has no rendered mail in ${locale}`);
  return mail;
}
