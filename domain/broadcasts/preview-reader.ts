import type { SQL } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { LOCALES } from "@/db/vocabulary/languages";

import { readRows } from "../rows";

/** Who would be told for an account: at most so many are offered, by their names. */
const MOST = 12;

const readerRow = z.object({
  id: z.string(),
  name: z.string(),
  locale: z.enum(LOCALES),
  account: z.string(),
  accounts: z.string(),
  apps: z.string(),
});
export type PreviewReader = z.output<typeof readerRow>;

export const readerInput = z.object({
  /** The account's UIN, as it is typed. */
  uin: z.string().trim().max(40).catch(""),
});

type Asked = {
  /** Rows (account_id, user_id) of all who would be told now (audience.ts). */
  pairs: SQL;
  /** Rows (app_id, account_id) of the apps that are named to them. */
  apps: SQL;
  uin: string;
};

/**
 * The people who would be told for one account, each with what stands in their own mail: name, accounts
 * and apps in the words in which mails are filled in (freeze-batch.ts). None where the account is not
 * among those who are told.
 */
export const readersOf = (db: Db | Tx, { pairs, apps, uin }: Asked): Promise<PreviewReader[]> =>
  readRows(db, readerRow)`
    with pairs as (${pairs}), concerned_apps as (${apps}), own as (
      select distinct p.user_id, a.name || ' (' || a.uin || ')' as account
      from pairs p join accounts a on a.id = p.account_id
      where a.uin = ${uin} and p.user_id is not null
    )
    select u.id, u.name, u.locale, own.account,
      coalesce((select string_agg(a.name || ' (' || a.uin || ')', ', ' order by a.uin)
        from accounts a where a.id in (select account_id from pairs where user_id = u.id)), '') as accounts,
      coalesce((select string_agg(p.name || ' (' || p.sdk_app_id || ')', ', ' order by p.sdk_app_id)
        from apps p where p.id in (
          select c.app_id from concerned_apps c
          where c.account_id in (select account_id from pairs where user_id = u.id))), '') as apps
    from own join users u on u.id = own.user_id and u.erased_at is null
    order by u.name, u.id limit ${MOST}`;
