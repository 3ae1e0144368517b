import { type SQL, sql } from "drizzle-orm";

import { HELD } from "@/db/vocabulary/waves";

import { may } from "../access/permissions";
import type { Actor } from "../context";

/**
 * The one rule of who reads which published notice, as a condition on `notices n`:
 * - public: everybody;
 * - affected: also the members of the accounts whose apps it concerns;
 * - of any visibility: whoever was told of it, member or not, and the vendor's staff who write,
 *   approve and audit.
 * Who was held back for a second wave that never left was told of nothing.
 * A restricted notice is told to security contacts and fall-back owners only. What was added without
 * telling anybody is read by those who were told of the same incident, for the accounts concerned.
 */
export function visibleTo(actor: Actor): SQL {
  if (may(actor, "notice.readDrafts")) return sql`n.status = 'published'`;
  if (actor.kind !== "person") return sql`(n.status = 'published' and n.visibility = 'public')`;
  const accountIds = sql.param(actor.memberships.map(({ accountId }) => accountId));
  return sql`(n.status = 'published' and (
    n.visibility = 'public'
    or (n.visibility = 'affected' and exists (
      select from notice_targets g
      where g.notice_id = n.id and g.account_id = any(${accountIds}::uuid[])
    ))
    or exists (
      select from deliveries d where d.broadcast_id = n.broadcast_id and d.user_id = ${actor.id}
        and d.reason is distinct from ${HELD}
    )
    or (n.broadcast_id is null and exists (
      select from notices told
      join deliveries d on d.broadcast_id = told.broadcast_id and d.user_id = ${actor.id}
        and d.reason is distinct from ${HELD}
      join notice_targets g on g.notice_id = n.id and g.account_id = any(d.account_ids)
      where told.incident_id = n.incident_id
        and (told.visibility = 'restricted' or n.visibility = 'affected')
    ))
  ))`;
}
