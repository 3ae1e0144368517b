import { type SQL, sql } from "drizzle-orm";

import { MEMBER_ROLES, type MemberRole } from "@/db/vocabulary";

/**
 * Who is told: the members (of the given roles, else all) of every account that integrates a
 * product, by SDK or by API alone (P06), except some accounts; or named people, of one account or
 * of none.
 */
export type Audience =
  | { productId: string; roles?: readonly MemberRole[]; exceptAccountIds?: readonly string[] }
  | { accountId: string; userIds: readonly string[] }
  | { userIds: readonly string[] };

/**
 * The recipients as rows (user_id, email, locale, account_ids): one row per person, however many
 * accounts they belong to, so nobody is told the same thing twice.
 */
export function recipients(audience: Audience): SQL {
  if ("userIds" in audience) {
    const accountIds = "accountId" in audience ? [audience.accountId] : [];
    return sql`
      select u.id as user_id, u.email, u.locale, ${sql.param(accountIds)}::uuid[] as account_ids
      from users u where u.id = any(${sql.param([...audience.userIds])}::uuid[])`;
  }
  const { productId, roles = MEMBER_ROLES, exceptAccountIds = [] } = audience;
  return sql`
    select u.id as user_id, u.email, u.locale, array_agg(distinct m.account_id) as account_ids
    from members m
    join users u on u.id = m.user_id
    join accounts a on a.id = m.account_id and a.closed_at is null
    where m.left_at is null
      and m.role = any(${sql.param([...roles])}::text[])
      and m.account_id <> all(${sql.param([...exceptAccountIds])}::uuid[])
      and exists (
        select 1 from apps
        where apps.account_id = m.account_id and apps.product_id = ${productId} and apps.closed_at is null
      )
    group by u.id`;
}
