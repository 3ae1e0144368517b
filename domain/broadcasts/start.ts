import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { broadcasts } from "@/db/schema";
import type { BroadcastKind, Channel } from "@/db/vocabulary/broadcasts";
import { hashOf } from "@/lib/hash";

import { wakeJob } from "../jobs";
import { countColumn, readOneRow } from "../rows";
import type { RecordedStep } from "../verb";
import { accountsWithNobody, type Audience, recipients } from "./audience";
import type { FactsOf } from "./facts";
import { IS_MANDATORY } from "./mandatory";

type Start<Kind extends BroadcastKind> = {
  kind: Kind;
  subjectId: string;
  facts: FactsOf<Kind>;
  audience: Audience;
  channels: readonly Channel[];
  isPublic?: boolean;
};

/**
 * Starts a broadcast inside the verb that decides it: freezes the facts, writes one delivery row
 * per person and channel (set-wise, so a million rows never pass through this process), and wakes
 * the worker after the commit. The in-site message is there with the commit; no mail leaves here.
 * @returns the broadcast's id and how many people it tells.
 */
export async function startBroadcast<Kind extends BroadcastKind>(
  step: RecordedStep,
  { kind, subjectId, facts, audience, channels, isPublic = false }: Start<Kind>,
): Promise<{ id: string; people: number }> {
  const { tx, actor, now, record } = step;
  const [broadcast] = await tx
    .insert(broadcasts)
    .values({
      kind,
      subjectId,
      facts,
      factsHash: hashOf(facts),
      isPublic,
      startedBy: actor.id,
      startedAt: now,
    })
    .returning({ id: broadcasts.id });
  if (!broadcast) throw new Error("the broadcast row was not written");

  const people = await writeDeliveries(step, {
    broadcastId: broadcast.id,
    audience,
    channels,
    mailsAreOptional: kind === "announcement" || kind === "withdrawal",
  });
  await findAccountsWithNobody(tx, { broadcastId: broadcast.id, audience, now });
  await record("broadcast.started", {
    id: broadcast.id,
    after: { kind, subjectId, people, channels, factsHash: hashOf(facts) },
  });
  await wakeJob(tx, "deliver-mails");
  return { id: broadcast.id, people };
}

type Writing = {
  broadcastId: string;
  audience: Audience;
  channels: readonly Channel[];
  /** Whether people may have turned these mails off; the in-site message goes to all. */
  mailsAreOptional: boolean;
};

async function writeDeliveries({ tx, now }: RecordedStep, writing: Writing): Promise<number> {
  const { people } = await readOneRow(tx, z.object({ people: countColumn }))`
    with people as (${recipients(writing.audience)}),
    written as (
      insert into deliveries
        (broadcast_id, channel, user_id, account_ids, app_ids, address, locale, status, reason, created_at, settled_at)
      select ${writing.broadcastId}, channel, p.user_id, p.account_ids, p.app_ids,
        case when channel = 'email' then p.email end,
        p.locale,
        case when channel = 'inbox' then 'placed' when s.address is not null then 'suppressed' else 'queued' end,
        case when channel = 'email' then s.reason end,
        ${now.toISOString()}::timestamptz,
        case when channel = 'inbox' or s.address is not null then ${now.toISOString()}::timestamptz end
      from people p
      cross join unnest(${channelList(writing.channels)}) as channel
      left join suppressions s on s.address = p.email
      where channel <> 'email' or p.wants_announcement_mails or not ${writing.mailsAreOptional}::boolean
      returning user_id
    )
    select count(distinct user_id) as people from written`;
  return people;
}

type Starting = { broadcastId: string; audience: Audience; now: Date };

/** A mandatory broadcast that concerns an account without people is a task from its first moment. */
async function findAccountsWithNobody(tx: Tx, { broadcastId, audience, now }: Starting) {
  const accounts = accountsWithNobody(audience);
  if (!accounts) return;
  await tx.execute(sql`
    insert into unreached_accounts (broadcast_id, account_id, found_at)
    select b.id, n.account_id, ${now.toISOString()}::timestamptz
    from broadcasts b cross join (${accounts}) as n
    where b.id = ${broadcastId} and ${IS_MANDATORY}`);
}

const channelList = (channels: readonly Channel[]): SQL =>
  sql`array[${sql.join(
    channels.map((channel) => sql`${channel}`),
    sql`, `,
  )}]::text[]`;
