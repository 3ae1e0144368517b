import { sql } from "drizzle-orm";
import { z } from "zod";

import { person } from "../access/permissions";
import { firstToldAt } from "../broadcasts/first-told";
import { pageInput } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";
import { countColumn, readOneRow, readRows } from "../rows";

const PAGE = 50;

/** What a second person decides: a version, a notice, a change of severity, what is proposed of an incident, a wish to withdraw, a correction, a contact card, a mail route, a look at what one person sent alone. */
export const WAITING_KINDS = [
  "version",
  "notice",
  "grade",
  "proposal",
  "withdrawal",
  "correction",
  "card",
  "route",
  "look",
] as const;
export type WaitingKind = (typeof WAITING_KINDS)[number];

/**
 * Everything that waits for a second person: since when, who may not decide it, and until when it has
 * to be out where a limit runs (a notice that would be the first to tell anybody, P17) or looked at (one that left without). What came
 * into force before its withdrawal was decided waits for nobody.
 */
const WAITING = sql`(
  select 'version' as kind, v.id, coalesce(v.submitted_at, v.updated_at) as since,
    null::timestamptz as due, v.writer_ids as writers
  from policy_versions v where v.status = 'in_review'
  union all
  select 'notice', notices.id, coalesce(notices.submitted_at, notices.updated_at),
    case when notices.notifies and not incidents.is_rehearsal and ${firstToldAt} is null then incidents.first_notice_due_at end,
    notices.writer_ids
  from notices left join incidents on incidents.id = notices.incident_id
  where notices.status = 'in_review'
  union all
  select 'grade', g.id, g.proposed_at, null, array[g.proposed_by]
  from grade_changes g where g.applied_at is null and g.decided_at is null
  union all
  select 'proposal', p.id, p.proposed_at, null, array[p.proposed_by]
  from incident_proposals p where p.decision is null
  union all
  select 'withdrawal', w.id, w.proposed_at, null, array[w.proposed_by]
  from withdrawals w
  where w.decision is null
    and not exists (select from policy_versions v where v.id = w.subject_id and v.status <> 'scheduled')
  union all
  select 'correction', c.id, c.proposed_at, null, array[c.proposed_by]
  from policy_corrections c where c.decision is null
  union all
  select 'card', k.id, k.proposed_at, null, array[k.proposed_by]
  from contact_cards k where k.decision is null
  union all
  select 'route', r.id, r.proposed_at, null, array[r.proposed_by]
  from mail_routes r where r.decision is null
  union all
  select 'look', s.notice_id, s.sent_at, s.look_due_at, s.writer_ids || s.sent_by
  from emergency_sendings s where s.verdict is null
)`;

const LIMIT_FIRST = [
  up("flag", sql`(waiting.due is null)`),
  up("moment", sql`coalesce(waiting.due, waiting.since)`),
  up("moment", sql`waiting.since`),
  up("uuid", sql`waiting.id`),
];

const waitingRow = z.object({ cursor: z.string(), id: z.string(), kind: z.enum(WAITING_KINDS) });

/** A page of what waits for a second person: what has a limit first, then the longest waiting; `ofOthers` without the reader's own work. */
export const listWaitingReviews = query({
  may: "policy.readDrafts",
  input: z.object({ ofOthers: z.boolean().default(false), ...pageInput }),

  run: ({ db, actor }, { ofOthers, page }) =>
    readPage(
      { keys: LIMIT_FIRST, size: PAGE, page },
      (slice) => readRows(db, waitingRow)`
        select ${slice.cursor} as cursor, waiting.id, waiting.kind from ${WAITING} waiting
        where ${slice.beyond}
          and (not ${ofOthers}::boolean or not ${person(actor).id}::uuid = any(waiting.writers))
        order by ${slice.order} limit ${slice.limit}`,
    ),
});

export const countWaitingReviews = query({
  may: "policy.readDrafts",
  input: z.object({}),

  async run({ db }) {
    const { count } = await readOneRow(db, z.object({ count: countColumn }))`
      select count(*) as count from ${WAITING} waiting`;
    return count;
  },
});
