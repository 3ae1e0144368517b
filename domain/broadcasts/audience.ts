import { type SQL, sql } from "drizzle-orm";

import { MEMBER_ROLES, type MemberRole } from "@/db/vocabulary/access";

/**
 * Who is told: of every account that integrates a product, by SDK or by API alone (P06), except some
 * accounts, the members of the given roles, or else all members and the verified legal contacts; the people of the accounts whose apps
 * a published notice concerns; exactly the people another broadcast told, by mail those whom its mail
 * was sent to; or named people, of one account or of none.
 */
export type Audience =
  | { productId: string; roles?: readonly MemberRole[]; exceptAccountIds?: readonly string[] }
  | { noticeId: string; contactsOnly: boolean }
  | { broadcastId: string }
  | { accountId: string; userIds: readonly string[] }
  | { userIds: readonly string[] };

/**
 * The recipients as rows (user_id, email, locale, wants_announcement_mails, account_ids, app_ids):
 * one row per person, however many accounts they belong to, so nobody is told the same thing twice.
 */
export function recipients(audience: Audience): SQL {
  if ("noticeId" in audience)
    return recipientsOfApps(
      sql`select app_id, account_id from notice_targets where notice_id = ${audience.noticeId}`,
      audience.contactsOnly,
    );
  if ("broadcastId" in audience)
    return sql`
      select u.id as user_id, u.email, u.locale,
        bool_or(d.channel = 'email' and d.status <> 'cancelled') as wants_announcement_mails,
        (select coalesce(array_agg(distinct account_id), '{}') from deliveries a
          cross join unnest(a.account_ids) as account_id
          where a.broadcast_id = ${audience.broadcastId} and a.user_id = u.id) as account_ids,
        '{}'::uuid[] as app_ids
      from deliveries d join users u on u.id = d.user_id
      where d.broadcast_id = ${audience.broadcastId} and u.erased_at is null
      group by u.id`;
  if ("userIds" in audience) {
    const accountIds = "accountId" in audience ? [audience.accountId] : [];
    return sql`
      select ${person}, ${sql.param(accountIds)}::uuid[] as account_ids, '{}'::uuid[] as app_ids
      from users u where u.id = any(${sql.param([...audience.userIds])}::uuid[])`;
  }
  return sql`
    select ${person}, array_agg(distinct t.account_id) as account_ids, '{}'::uuid[] as app_ids
    from (${peopleOfProduct(audience)}) t
    join users u on u.id = t.user_id
    join accounts a on a.id = t.account_id
    where ${integrates(audience)}
    group by u.id`;
}

/** Rows (account_id) of the accounts that a broadcast concerns and that have nobody to tell; null for named people. */
export function accountsWithNobody(audience: Audience): SQL | null {
  if ("userIds" in audience || "broadcastId" in audience) return null;
  if ("noticeId" in audience)
    return sql`
      with concerned as (
        select distinct t.account_id from notice_targets t where t.notice_id = ${audience.noticeId}
      ), told as (${peopleOfAccounts(audience.contactsOnly)})
      select account_id from concerned except select account_id from told`;
  return sql`
    select a.id as account_id from accounts a where ${integrates(audience)}
    except select account_id from (${peopleOfProduct(audience)}) t`;
}

type ProductAudience = Extract<Audience, { productId: string }>;

/** Rows (account_id, user_id): members of the roles; without a choice of roles the verified legal contacts too. */
function peopleOfProduct({ roles }: ProductAudience): SQL {
  const contacts = sql`
    union select k.account_id, k.user_id from contacts k
    where k.kind = 'legal' and k.verified_at is not null and k.removed_at is null`;
  return sql`
    select m.account_id, m.user_id from members m
    where m.left_at is null and m.role = any(${sql.param([...(roles ?? MEMBER_ROLES)])}::text[])
    ${roles ? sql`` : contacts}`;
}

/** Whether the account `a` integrates the product. */
const integrates = ({ productId, exceptAccountIds = [] }: ProductAudience): SQL => sql`
  a.closed_at is null and a.id <> all(${sql.param([...exceptAccountIds])}::uuid[])
  and exists (
    select 1 from apps
    where apps.account_id = a.id and apps.product_id = ${productId} and apps.closed_at is null
  )`;

const person = sql`u.id as user_id, u.email, u.locale, u.wants_announcement_mails`;

/**
 * The people told of some apps (rows app_id, account_id), each once with the accounts and apps they
 * are told for: the members and the verified security and technical contacts of the apps' accounts;
 * with `contactsOnly` the verified security contacts, and the owners where an account has none.
 */
export function recipientsOfApps(apps: SQL, contactsOnly: boolean): SQL {
  return sql`
    with concerned as (${apps}), told as (${peopleOfAccounts(contactsOnly)})
    select ${person}, array_agg(distinct c.account_id) as account_ids, array_agg(c.app_id order by c.app_id) as app_ids
    from told t
    join users u on u.id = t.user_id
    join concerned c on c.account_id = t.account_id
    group by u.id`;
}

/** Rows (account_id, user_id), each once, of the accounts in `concerned`. */
export function peopleOfAccounts(contactsOnly: boolean): SQL {
  const members = sql`
    select m.account_id, m.user_id from members m
    where m.left_at is null and m.account_id in (select account_id from concerned)`;
  const contacts = sql`
    select k.account_id, k.user_id from contacts k
    where k.verified_at is not null and k.removed_at is null
      and k.account_id in (select account_id from concerned)`;
  if (!contactsOnly)
    return sql`${members} union ${contacts} and k.kind in ('security', 'technical')`;
  return sql`
    ${contacts} and k.kind = 'security'
    union ${members} and m.role = 'owner' and not exists (
      select from contacts s
      where s.account_id = m.account_id and s.kind = 'security'
        and s.verified_at is not null and s.removed_at is null
    )`;
}
