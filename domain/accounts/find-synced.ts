import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { MEMBER_ROLES } from "@/db/vocabulary/access";
import { PLATFORMS, REGIONS } from "@/db/vocabulary/accounts";
import { HOME_REGIONS } from "@/db/vocabulary/routes";
import { hashOf } from "@/lib/hash";

import { NotFound } from "../errors";
import { query } from "../query";
import { readRow } from "../rows";
import { uin } from "./input";

/** An account as the vendor's console sees it: who is in it and what is open, in a fixed order. */
export const accountState = z.object({
  uin: z.string(),
  name: z.string(),
  /** Null where the vendor's console has not said anything of it yet. */
  revision: z.number().int().nullable(),
  tier: z.string().nullable(),
  homeRegion: z.enum(HOME_REGIONS).nullable(),
  closed: z.boolean(),
  members: z.array(z.object({ email: z.string(), name: z.string(), role: z.enum(MEMBER_ROLES) })),
  apps: z.array(
    z.object({
      sdkAppId: z.string(),
      name: z.string(),
      product: z.string(),
      region: z.enum(REGIONS),
      apiOnly: z.boolean(),
      platforms: z.partialRecord(
        z.enum(PLATFORMS),
        z.object({ sdkVersion: z.string(), lastSeen: z.string().nullable() }),
      ),
    }),
  ),
});
export type AccountState = z.output<typeof accountState>;

/** @throws NotFound */
export const findSynced = query({
  may: "account.readSynced",
  input: z.object({ uin }),

  async run({ db }, input) {
    const state = await readState(db, input.uin);
    if (!state) throw new NotFound("errors.notFound");
    return state;
  },
});

export async function readState(db: Db | Tx, uin: string) {
  const state = await readRow(db, accountState)`
    select a.uin, a.name, a.sync_revision::float8 as revision, a.tier, a.home_region as "homeRegion", a.closed_at is not null as closed,
      coalesce((
        select jsonb_agg(jsonb_build_object('email', u.email, 'name', u.name, 'role', m.role) order by u.email)
        from members m join users u on u.id = m.user_id where m.account_id = a.id and m.left_at is null
      ), '[]') as members,
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'sdkAppId', p.sdk_app_id, 'name', p.name, 'product', r.slug, 'region', p.region, 'apiOnly', p.api_only,
          'platforms', coalesce((
            select jsonb_object_agg(f.platform, jsonb_build_object('sdkVersion', f.sdk_version,
              'lastSeen', to_char(f.last_seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
            from app_platforms f where f.app_id = p.id
          ), '{}')) order by p.sdk_app_id)
        from apps p join products r on r.id = p.product_id where p.account_id = a.id and p.closed_at is null
      ), '[]') as apps
    from accounts a where a.uin = ${uin}`;
  return state && { state, etag: etagOf(state) };
}

/** Changes with anything that is told of the account, whoever changed it. */
const etagOf = (state: AccountState): string => `"${hashOf(state).slice(0, 32)}"`;
