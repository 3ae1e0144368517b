import { type SQL, sql } from "drizzle-orm";

import type { Tx } from "@/db/client";
import type { BroadcastKind, EndedByClick, OptionalMail } from "@/db/vocabulary/broadcasts";

/** The columns of users in which a person chose. */
const CHOSEN: Record<OptionalMail, { wanted: SQL; daily: SQL }> = {
  announcements: {
    wanted: sql`u.wants_announcement_mails`,
    daily: sql`u.announcements_daily`,
  },
  minor_changes: {
    wanted: sql`u.wants_minor_change_mails`,
    daily: sql`u.minor_changes_daily`,
  },
};

type Telling = { id: string; kind: BroadcastKind };

const isMajor = (id: string): SQL =>
  sql`(select (b.facts ->> 'isMajor')::boolean from broadcasts b where b.id = ${id})`;

const chosenBy = ({ kind }: Telling) => {
  if (kind === "announcement") return CHOSEN.announcements;
  return kind === "policy_change" ? CHOSEN.minor_changes : null;
};

/** Whose mail leaves at once: a condition on the row `u` of users, true for whatever is mandatory. */
export function mailedAtOnce(telling: Telling): SQL {
  const chosen = chosenBy(telling);
  if (!chosen) return sql`true`;
  const atOnce = sql`(${chosen.wanted} and not ${chosen.daily})`;
  return telling.kind === "policy_change" ? sql`(${atOnce} or ${isMajor(telling.id)})` : atOnce;
}

/**
 * What is written beside the deliveries of what somebody may turn off, as common table expressions after
 * `people` (user_id, mailed): the key of each one's mails, and what waits for their digest.
 */
export function besideMails(telling: Telling, at: SQL): SQL {
  const chosen = chosenBy(telling);
  if (!chosen) return sql``;
  const isOptional = telling.kind === "policy_change" ? sql`not ${isMajor(telling.id)}` : sql`true`;
  return sql`, keyed as (
      insert into mail_keys (user_id)
      select p.user_id from people p
      where ${isOptional} and not exists (select from mail_keys k where k.user_id = p.user_id)
      order by p.user_id
      on conflict do nothing
    ), gathered as (
      insert into digest_items (user_id, broadcast_id, since)
      select p.user_id, ${telling.id}, ${at} from people p join users u on u.id = p.user_id
      where ${isOptional} and p.mailed and u.erased_at is null
        and ${chosen.wanted} and ${chosen.daily}
    )`;
}

/** What a post says that need not show up in a browser, of the row `b` of broadcasts; null for all else. */
export const OPTIONAL_PUSH: SQL = sql`(case
  when b.kind = 'announcement' then 'announcements'
  when b.kind = 'policy_change' and not (b.facts ->> 'isMajor')::boolean then 'minor_changes'
  when b.kind = 'request_update' then 'requests'
end)`;

/**
 * Whether a person had a mail of a broadcast with others of its day: a condition on the row `d` of its
 * in-site deliveries.
 */
export const TOLD_IN_DIGEST: SQL = sql`(d.channel = 'inbox' and exists (
  select from digest_items i
  join deliveries g on g.broadcast_id = i.digest_id and g.user_id = i.user_id and g.channel = 'email'
  where i.user_id = d.user_id and i.broadcast_id = d.broadcast_id and g.status <> 'cancelled'))`;

/** A condition on the row `b` of broadcasts. */
const IS: Record<EndedByClick, SQL> = {
  digest: sql`b.kind = 'digest'`,
  checkpoint: sql`b.kind = 'checkpoint'`,
  announcements: sql`b.kind = 'announcement'`,
  minor_changes: sql`(b.kind = 'policy_change' and not (b.facts ->> 'isMajor')::boolean)`,
};

type Stopping = { userId: string; mails: readonly EndedByClick[]; now: Date };

/** Of mails that a person turned off nothing leaves that is not on its way, and nothing waits for a digest. */
export async function stopOptional(tx: Tx, { userId, mails, now }: Stopping): Promise<void> {
  for (const mail of mails) {
    await tx.execute(sql`
      delete from digest_items i using broadcasts b
      where b.id = i.broadcast_id and i.user_id = ${userId} and i.digest_id is null and ${IS[mail]}`);
    await tx.execute(sql`
      update deliveries d set status = 'cancelled', settled_at = ${now.toISOString()}::timestamptz
      from broadcasts b
      where b.id = d.broadcast_id and ${IS[mail]} and d.user_id = ${userId}
        and d.channel = 'email' and d.address is not null and d.status = 'queued' and d.batch_id is null`);
  }
}
