import { type SQL, sql } from "drizzle-orm";

import { down, up } from "../page";
import { appParts, version } from "./app-parts";
import { moment, oldest, type Parts } from "./own-part";
import { answersPart, talksPart } from "./own-parts";
import { requestParts } from "./own-request-parts";

/** What is held about an account, in the order in which it is told to its owner. */
export const accountParts = ({ id, readerId }: { id: string; readerId: string }): Parts => ({
  ...people(id),
  ...appParts(id),
  ...posts(id),
  ...keys(id),
  ...asks(id),
  ...told(id, readerId),
  ...requestParts({
    own: sql`(r.requester_kind = 'developer' and r.account_id = ${id})`,
    readerId,
  }),
  ...ends(id),
  acts: {
    tables: ["audit_entries"],
    columns: {
      ...{ at: moment(sql`e.at`), name: sql`u.name`, act: sql`e.action` },
      ...{ subjectType: sql`e.subject_type`, subjectId: sql`e.subject_id` },
    },
    from: sql`audit_entries e join users u on u.id::text = e.actor_id`,
    // What its people did for it; the work of operations is not the account's.
    where: sql`(e.subject_type = 'account' and e.subject_id = ${id} or e.after ->> 'accountId' = ${id})
      and u.id in (${peopleOf(id)})`,
    keys: [up("number", sql`e.seq`)],
  },
});

const peopleOf = (id: string): SQL => sql`
  select m.user_id from members m where m.account_id = ${id}
  union select k.user_id from contacts k where k.account_id = ${id}`;

const people = (id: string): Parts => ({
  account: {
    tables: ["accounts"],
    columns: {
      ...{ account: sql`a.name`, uin: sql`a.uin`, createdAt: moment(sql`a.created_at`) },
      ...{ tier: sql`a.tier`, homeRegion: sql`a.home_region`, closedAt: moment(sql`a.closed_at`) },
      takesRehearsals: sql`a.takes_rehearsals`,
      tags: sql`array_to_string(a.tags, '、')`,
      declarationsPutOffUntil: moment(sql`a.declarations_put_off_until`),
    },
    from: sql`accounts a`,
    where: sql`a.id = ${id}`,
    keys: [up("uuid", sql`a.id`)],
  },
  members: {
    tables: ["members"],
    columns: {
      // Where who has left is reached today is no longer the account's to know.
      ...{ name: sql`u.name`, email: sql`case when m.left_at is null then u.email end` },
      ...{ role: sql`m.role` },
      ...{ joinedAt: moment(sql`m.joined_at`), leftAt: moment(sql`m.left_at`) },
    },
    from: sql`members m join users u on u.id = m.user_id`,
    where: sql`m.account_id = ${id}`,
    keys: oldest(sql`m.joined_at`, sql`m.id`),
  },
  namedContacts: {
    tables: ["contacts", "contact_confirmations"],
    columns: {
      ...{ contactKind: sql`k.kind`, name: sql`k.name` },
      email: sql`case when k.removed_at is null then u.email end`,
      ...{ addedAt: moment(sql`k.added_at`), verifiedAt: moment(sql`k.verified_at`) },
      removedAt: moment(sql`k.removed_at`),
      mailedAt: sql`array(select ${moment(sql`c.sent_at`)} from contact_confirmations c
        where c.contact_id = k.id order by 1)`,
    },
    from: sql`contacts k join users u on u.id = k.user_id`,
    where: sql`k.account_id = ${id}`,
    keys: oldest(sql`k.added_at`, sql`k.id`),
  },
  sentInvitations: {
    tables: ["member_invitations"],
    columns: {
      ...{ email: sql`i.email`, role: sql`i.role`, invitedAt: moment(sql`i.invited_at`) },
      ...{ expiresAt: moment(sql`i.expires_at`), endedAt: moment(sql`i.ended_at`) },
    },
    from: sql`member_invitations i`,
    where: sql`i.account_id = ${id}`,
    keys: oldest(sql`i.invited_at`, sql`i.id`),
  },
});

const posts = (id: string): Parts => ({
  endpoints: {
    tables: ["endpoints"],
    columns: {
      ...{ endpointChannel: sql`e.channel`, name: sql`e.name`, host: sql`e.host` },
      ...{ topics: sql`e.topics`, locale: sql`e.locale`, addedAt: moment(sql`e.added_at`) },
      endedAt: moment(sql`e.ended_at`),
    },
    from: sql`endpoints e`,
    where: sql`e.account_id = ${id}`,
    keys: oldest(sql`e.added_at`, sql`e.id`),
  },
  dispatches: {
    tables: ["dispatches", "dispatch_attempts"],
    columns: {
      ...{ name: sql`e.name`, told: sql`b.kind`, postStatus: sql`x.status`, reason: sql`x.reason` },
      ...{ createdAt: moment(sql`x.created_at`), settledAt: moment(sql`x.settled_at`) },
      attempts: sql`array(select concat_ws(' ', t.outcome, t.answer) from dispatch_attempts t
        where t.dispatch_id = x.id order by t.number)`,
    },
    from: sql`dispatches x join endpoints e on e.id = x.endpoint_id
      left join broadcasts b on b.id = x.broadcast_id`,
    where: sql`e.account_id = ${id}`,
    keys: [down("moment", sql`x.created_at`), down("uuid", sql`x.id`)],
  },
});

const keys = (id: string): Parts => ({
  tokens: {
    tables: ["api_tokens"],
    columns: {
      ...{ name: sql`t.name`, hint: sql`t.hint`, sdkAppId: sql`p.sdk_app_id` },
      ...{ createdAt: moment(sql`t.created_at`), expiresAt: moment(sql`t.expires_at`) },
      ...{ lastUsedAt: moment(sql`t.last_used_at`), endedAt: moment(sql`t.revoked_at`) },
    },
    from: sql`api_tokens t left join apps p on p.id = t.app_id`,
    where: sql`t.account_id = ${id}`,
    keys: oldest(sql`t.created_at`, sql`t.id`),
  },
});

const asks = (id: string): Parts => ({
  answers: answersPart(sql`k.account_id = ${id}`),
  deferrals: {
    tables: ["ask_deferrals"],
    columns: {
      ...{ version: version(sql`t.version_id`), until: sql`t.until::text` },
      at: moment(sql`t.deferred_at`),
    },
    from: sql`ask_deferrals t`,
    where: sql`t.account_id = ${id}`,
    keys: oldest(sql`t.deferred_at`, sql`t.id`),
  },
  waivers: {
    tables: ["ask_waivers"],
    columns: {
      ...{
        version: version(sql`t.version_id`),
        reason: sql`t.reason`,
        at: moment(sql`t.waived_at`),
      },
    },
    from: sql`ask_waivers t`,
    where: sql`t.account_id = ${id}`,
    keys: [up("uuid", sql`t.version_id`)],
  },
  followUps: {
    tables: ["ask_tasks"],
    columns: {
      ...{ version: version(sql`t.version_id`), followUp: sql`t.kind` },
      ...{ openedAt: moment(sql`t.opened_at`), settledAt: moment(sql`t.settled_at`) },
    },
    from: sql`ask_tasks t`,
    where: sql`t.account_id = ${id}`,
    keys: oldest(sql`t.opened_at`, sql`t.id`),
  },
  talks: talksPart(sql`t.account_id = ${id}`),
});

const told = (id: string, readerId: string): Parts => ({
  /** What is restricted exists only for those who were told (docs/decisions/030), for the owner too. */
  tellings: {
    tables: ["deliveries", "broadcasts"],
    columns: {
      ...{ told: sql`b.kind`, name: sql`u.name`, channel: sql`d.channel`, status: sql`d.status` },
      ...{ createdAt: moment(sql`d.created_at`), sentAt: moment(sql`d.sent_at`) },
      ...{ readAt: moment(sql`d.read_at`), knownAt: moment(sql`d.known_at`) },
    },
    from: sql`deliveries d join broadcasts b on b.id = d.broadcast_id join users u on u.id = d.user_id`,
    where: sql`d.user_id in (${peopleOf(id)}) and d.account_ids @> array[${id}::uuid]
      and (d.user_id = ${readerId} or coalesce(b.facts #>> '{what,visibility}',
        b.facts ->> 'visibility') is distinct from 'restricted')`,
    keys: [down("moment", sql`d.created_at`), down("uuid", sql`d.id`)],
  },
  unreached: {
    tables: ["unreached_accounts"],
    columns: {
      ...{ told: sql`b.kind`, at: moment(sql`t.found_at`), settledAt: moment(sql`t.settled_at`) },
    },
    from: sql`unreached_accounts t join broadcasts b on b.id = t.broadcast_id`,
    where: sql`t.account_id = ${id} and coalesce(b.facts #>> '{what,visibility}',
      b.facts ->> 'visibility') is distinct from 'restricted'`,
    keys: oldest(sql`t.found_at`, sql`t.broadcast_id`),
  },
  calls: {
    tables: ["calls", "call_tries"],
    columns: {
      ...{
        cause: sql`t.cause`,
        at: moment(sql`t.opened_at`),
        settledAt: moment(sql`t.settled_at`),
      },
      tries: sql`(select count(*)::int from call_tries y where y.call_id = t.id)`,
    },
    from: sql`calls t left join broadcasts b on b.id = t.broadcast_id`,
    where: sql`t.account_id = ${id} and coalesce(b.facts ->> 'visibility', '') <> 'restricted'`,
    keys: oldest(sql`t.opened_at`, sql`t.id`),
  },
  reach: {
    tables: ["account_reach"],
    columns: {
      ...{ score: sql`t.score`, reasons: sql`t.reasons`, measuredAt: moment(sql`t.measured_at`) },
    },
    from: sql`account_reach t`,
    where: sql`t.account_id = ${id}`,
    keys: oldest(sql`t.measured_at`, sql`t.account_id`),
  },
  routedRequests: {
    tables: ["requests"],
    columns: {
      ...{ number: sql`r.number`, requestType: sql`r.type`, requestStatus: sql`r.status` },
      ...{ receivedAt: moment(sql`r.received_at`), dueDate: sql`r.developer_due_date::text` },
    },
    from: sql`requests r`,
    where: sql`r.account_id = ${id} and r.requester_kind in ('end_user', 'guardian', 'agent')
      and exists (select from request_events e where e.request_id = r.id and e.status = 'with_developer')`,
    keys: oldest(sql`r.received_at`, sql`r.id`),
  },
});

const ends = (id: string): Parts => ({
  serviceEnds: {
    tables: ["service_ends", "disposals"],
    columns: {
      ...{ cause: sql`s.cause`, endedAt: moment(sql`s.ended_at`), store: sql`x.store` },
      ...{
        disposal: sql`x.action`,
        dueDate: sql`x.due_date::text`,
        doneAt: moment(sql`x.done_at`),
      },
      ...{ holdReason: sql`x.hold_reason`, backupsUntil: sql`x.backups_until::text` },
    },
    from: sql`service_ends s join disposals x on x.end_id = s.id`,
    where: sql`s.account_id = ${id}`,
    keys: oldest(sql`x.created_at`, sql`x.id`),
  },
  deregistrations: {
    tables: ["deregistrations"],
    columns: {
      ...{
        number: sql`g.number`,
        leaving: sql`g.status`,
        requestedAt: moment(sql`g.requested_at`),
      },
      ...{ confirmedAt: moment(sql`g.confirmed_at`), executeAfter: moment(sql`g.execute_after`) },
      ...{ pausedAt: moment(sql`g.paused_at`), reason: sql`g.pause_reason` },
      ...{ cancelledAt: moment(sql`g.cancelled_at`), completedAt: moment(sql`g.completed_at`) },
    },
    from: sql`deregistrations g`,
    where: sql`g.account_id = ${id}`,
    keys: oldest(sql`g.requested_at`, sql`g.id`),
  },
});
