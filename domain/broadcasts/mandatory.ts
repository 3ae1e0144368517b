import { type SQL, sql } from "drizzle-orm";

/**
 * What nobody may turn off and every account must be told of (P17, P41): incident notices and major
 * changes of a policy, until they are withdrawn. A condition on the row `b` of broadcasts.
 */
export const IS_MANDATORY: SQL = sql`(
  (b.kind = 'incident_notice' or (b.kind = 'policy_change' and (b.facts ->> 'isMajor')::boolean))
  and not exists (
    select from withdrawals w where w.subject_id = b.subject_id and w.decision = 'approved'
  )
)`;

/** Told to the accounts' security contacts alone, with the owners in their place. */
export const IS_RESTRICTED: SQL = sql`(
  (b.kind = 'incident_notice' and b.facts ->> 'visibility' = 'restricted')
  or (b.kind = 'withdrawal' and b.facts #>> '{what,visibility}' = 'restricted')
)`;
