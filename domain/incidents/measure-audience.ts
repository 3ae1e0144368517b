import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import type { AudienceRule } from "@/db/schema";

import { type Readers, recipientsOfApps } from "../broadcasts/audience";
import { countColumn, readOneRow } from "../rows";
import { WIDE_REHEARSAL } from "./rules";

const measuredRow = z.object({
  apps: countColumn,
  accounts: countColumn,
  people: countColumn,
  /** People no mail goes to: their addresses are suppressed. The in-site message reaches them. */
  withoutMail: countColumn,
  /** Apps counted in because nobody can read their version, or nothing is known of them. */
  unreadable: countColumn,
  /** Apps counted in though they have not declared what the rule asks for. */
  undeclared: countColumn,
  allApps: countColumn,
  allAccounts: countColumn,
  /** sha256 over the ids of the apps. */
  appsHash: z.string(),
});
export type Measured = z.output<typeof measuredRow> & {
  isEverybody: boolean;
  /** A rehearsal that tells more than a small share of the accounts. */
  isWide: boolean;
};

type Measuring = { apps: SQL; rule: AudienceRule; readers: Readers };

export async function measureAudience(db: Db | Tx, measuring: Measuring): Promise<Measured> {
  const { apps, rule, readers } = measuring;
  const row = await readOneRow(db, measuredRow)`
    with concerned as materialized (${apps}),
    people as materialized (${recipientsOfApps(sql`select app_id, account_id from concerned`, readers)})
    select
      (select count(*)::int from concerned) as apps,
      (select count(distinct account_id)::int from concerned) as accounts,
      (select count(*)::int from people) as people,
      (select count(*)::int from people p join suppressions s on s.address = p.email) as "withoutMail",
      (select count(*)::int from concerned where split_part(reason, ';', 1) = 'unknown' or split_part(reason, ';', 1) like '% unreadable%') as unreadable,
      (select count(*)::int from concerned where reason ~ '; [a-z]+ undeclared') as undeclared,
      (select count(*)::int from apps p join accounts a on a.id = p.account_id and a.closed_at is null
        where p.product_id = ${rule.productId} and p.closed_at is null) as "allApps",
      (select count(distinct p.account_id)::int from apps p
        join accounts a on a.id = p.account_id and a.closed_at is null
        where p.product_id = ${rule.productId} and p.closed_at is null) as "allAccounts",
      (select encode(sha256(convert_to(coalesce(string_agg(app_id::text, ',' order by app_id), ''), 'UTF8')), 'hex')
        from concerned) as "appsHash"`;
  return {
    ...row,
    isEverybody: row.apps > 0 && row.apps === row.allApps,
    isWide: rule.rehearsal === true && row.accounts > row.allAccounts * WIDE_REHEARSAL,
  };
}
