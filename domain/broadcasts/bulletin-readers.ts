import { type SQL, sql } from "drizzle-orm";

import type { BulletinReader } from "@/db/vocabulary/broadcasts";
import { CLOSED_REQUEST_STATUSES } from "@/db/vocabulary/requests";

import type { BulletinFacts } from "./facts";
import { partOf } from "./parts";

/** The broadcast whose telling goes on to others, and what it told. */
export type BulletinSource = { id: string; subjectId: string; told: BulletinFacts["told"] };

type Readers = { bulletinOf: BulletinSource; to: BulletinReader };

/**
 * Who reads the bulletin of a broadcast, as rows (account_id, user_id, mailed), of no account. Whom the
 * broadcast itself or another bulletin of it tells is not told again.
 */
export function bulletinReaders({ bulletinOf: source, to }: Readers): SQL {
  const readers = readersOf({ bulletinOf: source, to });
  return sql`
    with already as materialized (
      select id from broadcasts
      where id = ${source.id} or (kind = 'bulletin' and subject_id = ${source.id})
    )
    select null::uuid as account_id, r.user_id, true as mailed
    from (${readers}) as r join users u on u.id = r.user_id and u.erased_at is null
    where not exists (
        select from deliveries d where d.broadcast_id in (select id from already) and d.user_id = r.user_id
      )
      and not exists (
        select from audience_parts a
        where a.broadcast_id in (select id from already) and a.part = ${partOf(sql`r.user_id`)}
          and r.user_id = any(a.user_ids)
      )`;
}

function readersOf({ bulletinOf: source, to }: Readers): SQL {
  if (source.told.kind === "withdrawal" && source.told.facts.what.kind === "incident")
    return toldOf(sql`n.incident_id = ${source.subjectId}`, to);
  if (source.told.kind === "announcement" && source.told.facts.follows)
    return toldOf(sql`n.id = ${source.told.facts.follows.noticeId}`, to);
  return to === "subscribers" ? subscribersOf(source) : endUsersOf(source);
}

/** Whomever the bulletins of earlier notices told, and who is subscribed still: of a false alarm, of what follows an announcement. */
const toldOf = (earlier: SQL, to: BulletinReader): SQL => sql`
  select distinct d.user_id from notices n
  join broadcasts b on b.kind = 'bulletin' and b.subject_id = n.broadcast_id and b.facts ->> 'to' = ${to}
  join deliveries d on d.broadcast_id = b.id and d.status <> 'cancelled'
  where ${earlier}
    and (${to} = 'end_users' or exists (select from subscriptions s where s.user_id = d.user_id))`;

/** Who subscribed to what it is about: incidents of its product, announcements, versions of its document. */
function subscribersOf({ subjectId, told }: BulletinSource): SQL {
  const announcements = sql`s.announcements`;
  const versions = sql`(
    select v.document_id from policy_versions v where v.id = ${subjectId}) = any(s.document_ids)`;
  const wanted = {
    policy_change: versions,
    incident_notice: sql`(
      select n.product_id from notices n where n.id = ${subjectId}) = any(s.product_ids)`,
    announcement: announcements,
    withdrawal:
      told.kind === "withdrawal" && told.facts.what.kind === "version" ? versions : announcements,
  }[told.kind];
  return sql`select s.user_id from subscriptions s where ${wanted}`;
}

/**
 * End users with an open request about an affected app, by the portal's own knowledge (P53). Whom nobody
 * has identified yet named the app themselves: they hear only of what everybody may read.
 */
function endUsersOf({ subjectId, told }: BulletinSource): SQL {
  const isPublic = told.kind === "incident_notice" && told.facts.visibility === "public";
  return sql`
    with asking as materialized (
      select requester_id, app_id, named_sdk_app_id from requests
      where requester_id is not null and requester_kind in ('end_user', 'guardian', 'agent')
        and status <> all(${sql.param([...CLOSED_REQUEST_STATUSES])}::text[])
        and (${isPublic} or verified_at is not null)
    )
    select q.requester_id as user_id from asking q
    join notice_targets t on t.notice_id = ${subjectId} and t.app_id = q.app_id
    union
    select q.requester_id from asking q
    join apps p on p.sdk_app_id = q.named_sdk_app_id and q.app_id is null
    join notice_targets t on t.notice_id = ${subjectId} and t.app_id = p.id`;
}
