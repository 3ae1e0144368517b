import { type SQL, sql } from "drizzle-orm";

import { MEMBER_ROLES, type MemberRole } from "@/db/vocabulary/access";
import { type ChosenContact, USUAL_CONTACTS } from "@/db/vocabulary/accounts";
import type { BulletinReader } from "@/db/vocabulary/broadcasts";
import { HELD } from "@/db/vocabulary/waves";

import { bulletinReaders, type BulletinSource } from "./bulletin-readers";
import { TOLD_IN_DIGEST } from "./optional-mails";

/**
 * Who is told: of every account that integrates a product, by SDK or by API alone (P06), except some
 * accounts, the members of the given roles, or else all members and the verified legal contacts; the people of the accounts whose apps
 * a published notice concerns; exactly the people other broadcasts told, by mail those whom a mail of
 * theirs was sent to; whoever reads the bulletin of another broadcast; or named people, of one account or of none.
 */
export type Audience = Crowd | Named;
/** As many as a product has developers. */
export type Crowd =
  | { productId: string; roles?: readonly MemberRole[]; exceptAccountIds?: readonly string[] }
  | ({ noticeId: string } & Readers)
  | { broadcastIds: readonly string[] }
  | { bulletinOf: BulletinSource; to: BulletinReader };
/** Who of an account is told of a notice; of a restricted one its security contacts, or else its owners, alone. */
export type Readers = {
  contactsOnly: boolean;
  contacts?: readonly ChosenContact[] | undefined;
  /** The announcement that told them before: what follows it tells them and nobody else. */
  followsId?: string | null;
};
export type Named =
  | { accountId: string; userIds: readonly string[] }
  | { userIds: readonly string[] };

/**
 * The audience as rows (account_id, user_id, mailed), a person once or more for each account they are
 * told for; without a person for an account that has nobody to tell, without an account for who was
 * told for none. `mailed` is whether a mail may go to them.
 */
export function pairsOf(audience: Crowd): SQL {
  if ("noticeId" in audience)
    return sql`
      with concerned as (
        select distinct t.account_id from notice_targets t
        join accounts a on a.id = t.account_id and a.closed_at is null
        where t.notice_id = ${audience.noticeId}
      )
      select c.account_id, t.user_id, true as mailed
      from concerned c
      left join (${peopleOfAccounts(audience)}) t on t.account_id = c.account_id`;
  if ("broadcastIds" in audience)
    return sql`
      select account_id, d.user_id,
        d.channel = 'email' and d.status <> 'cancelled' or ${TOLD_IN_DIGEST} as mailed
      from deliveries d join users u on u.id = d.user_id and u.erased_at is null
      left join lateral unnest(d.account_ids) as account_id on true
      where d.broadcast_id = any(${sql.param([...audience.broadcastIds])}::uuid[])
        and d.reason is distinct from ${HELD}`;
  if ("bulletinOf" in audience) return bulletinReaders(audience);
  return sql`
    select i.account_id, t.user_id, true as mailed
    from (${integrating(audience)}) i
    left join (${peopleOfProduct(audience)}) t on t.account_id = i.account_id`;
}

/**
 * The people whom a change of a product concerns, as rows (user_id, email, account_ids): one row per
 * person, however many accounts they belong to.
 */
export const peopleConcerned = (productId: string): SQL => sql`
  select u.id as user_id, u.email, array_agg(distinct p.account_id) as account_ids
  from (${pairsOf({ productId })}) p join users u on u.id = p.user_id
  group by u.id`;

type ProductAudience = Extract<Audience, { productId: string }>;

/** Rows (account_id, user_id): members of the roles; without a choice of roles the verified legal contacts too. */
function peopleOfProduct({ roles }: ProductAudience): SQL {
  const contacts = sql`
    union all select k.account_id, k.user_id from contacts k
    where k.kind = 'legal' and k.verified_at is not null and k.removed_at is null`;
  return sql`
    select m.account_id, m.user_id from members m
    where m.left_at is null and m.role = any(${sql.param([...(roles ?? MEMBER_ROLES)])}::text[])
    ${roles ? sql`` : contacts}`;
}

/** Rows (account_id) of the accounts that integrate the product, once for each of their apps. */
const integrating = ({ productId, exceptAccountIds = [] }: ProductAudience): SQL => sql`
  select p.account_id from apps p
  where p.product_id = ${productId} and p.closed_at is null
    and p.account_id not in (select unnest(${sql.param([...exceptAccountIds])}::uuid[]))
    and not exists (select from accounts a where a.id = p.account_id and a.closed_at is not null)`;

/**
 * The people told of some apps (rows app_id, account_id), each once with the accounts and apps they
 * are told for: the members and the verified security contacts of the apps' accounts, and of the other
 * contacts the kinds that were chosen; with `contactsOnly` the verified security contacts, and the owners
 * where an account has none.
 */
export function recipientsOfApps(apps: SQL, readers: Readers): SQL {
  return sql`
    with concerned as (${apps}), told as (${peopleOfAccounts(readers)})
    select u.id as user_id, u.email
    from told t
    join users u on u.id = t.user_id
    group by u.id`;
}

type Telling = { audience: Pick<Readers, "contacts">; followsId: string | null };

/** Who of its accounts is told of a notice, by how far it may be read, or by whom what it follows told. */
export const readersOfNotice = ({ audience, followsId }: Telling, visibility: string): Readers => ({
  contactsOnly: visibility === "restricted",
  contacts: audience.contacts,
  followsId,
});

/** Rows (account_id, user_id), each once, of the accounts in `concerned`. */
export function peopleOfAccounts({
  contactsOnly,
  contacts: chosen = USUAL_CONTACTS,
  followsId,
}: Readers): SQL {
  if (followsId)
    return sql`
      select distinct account_id, d.user_id
      from notices n join deliveries d on d.broadcast_id = n.broadcast_id
      join users u on u.id = d.user_id and u.erased_at is null
      cross join unnest(d.account_ids) as account_id
      where n.id = ${followsId} and d.reason is distinct from ${HELD}`;
  const members = sql`
    select m.account_id, m.user_id from members m
    where m.left_at is null and m.account_id in (select account_id from concerned)`;
  const contacts = sql`
    select k.account_id, k.user_id from contacts k
    where k.verified_at is not null and k.removed_at is null
      and k.account_id in (select account_id from concerned)`;
  if (!contactsOnly)
    return sql`${members} union ${contacts} and k.kind = any(${sql.param(["security", ...chosen])}::text[])`;
  return sql`
    ${contacts} and k.kind = 'security'
    union ${members} and m.role = 'owner' and not exists (
      select from contacts s
      where s.account_id = m.account_id and s.kind = 'security'
        and s.verified_at is not null and s.removed_at is null
    )`;
}
