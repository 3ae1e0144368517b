import { type SQL, sql } from "drizzle-orm";

/** A notice of what is only rehearsed: nobody is called, or told in another's place, because of one. A condition on the row `b`. */
export const IS_REHEARSAL: SQL = sql`(b.facts ? 'rehearsal')`;

/**
 * What nobody may turn off and every account must be told of (P17, P41): notices of real incidents and major
 * changes of a policy, until they are withdrawn. A condition on the row `b` of broadcasts.
 */
export const IS_MANDATORY: SQL = sql`(
  (b.kind = 'incident_notice' and not ${IS_REHEARSAL} or (b.kind = 'policy_change' and (b.facts ->> 'isMajor')::boolean))
  and not exists (
    select from withdrawals w where w.subject_id = b.subject_id and w.decision = 'approved'
  )
)`;

/** Told to the accounts' security contacts alone, with the owners in their place. */
export const IS_RESTRICTED: SQL = sql`(
  (b.kind = 'incident_notice' and b.facts ->> 'visibility' = 'restricted')
  or (b.kind = 'withdrawal' and b.facts #>> '{what,visibility}' = 'restricted')
)`;
