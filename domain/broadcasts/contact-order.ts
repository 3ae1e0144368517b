import { type SQL, sql } from "drizzle-orm";

/** The last rank that may learn of a restricted incident. */
export const LAST_RESTRICTED_RANK = 2;

/**
 * Whom to turn to, one after the other, when a mandatory mail does not arrive: 1 the verified
 * security contacts, 2 the owners, 3 the legal members and verified legal contacts, 4 all other
 * members and the verified technical contacts. Rows (account_id, user_id, rank) of the accounts in
 * the statement `accounts` (rows account_id), each person once an account, with the first rank they have.
 */
export function contactsInOrder(accounts: SQL): SQL {
  return sql`
    select account_id, user_id, min(rank) as rank
    from (
      select k.account_id, k.user_id,
        case k.kind when 'security' then 1 when 'legal' then 3 else 4 end as rank
      from contacts k
      where k.verified_at is not null and k.removed_at is null and k.account_id in (${accounts})
      union all
      select m.account_id, m.user_id, case m.role when 'owner' then 2 when 'legal' then 3 else 4 end
      from members m
      where m.left_at is null and m.account_id in (${accounts})
    ) as person
    group by account_id, user_id`;
}
