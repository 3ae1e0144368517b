import { and, desc, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { accounts, mailRoutes, users } from "@/db/schema";
import type { FrozenRoutes } from "@/db/schema/routes";
import { MAIL_REGIONS, REFUSED_LIKE, ROUTE_REFUSALS } from "@/db/vocabulary/routes";
import { env } from "@/lib/env";

import { query } from "../query";
import { countColumn, momentColumn, readRow, readRows } from "../rows";
import { eachRegion, judgeRoute } from "./route-rules";

/** Each region's route as it is decided now. */
export async function routesNow(db: Db | Tx): Promise<FrozenRoutes> {
  const rows = await db
    .selectDistinctOn([mailRoutes.region])
    .from(mailRoutes)
    .where(eq(mailRoutes.decision, "approved"))
    .orderBy(mailRoutes.region, desc(mailRoutes.decidedAt), desc(mailRoutes.id));
  const routes = eachRegion((region) => {
    const row = rows.find((one) => one.region === region);
    return judgeRoute(region, { decided: row ? decidedOf(row) : null, isSmtpSet: isSmtpSet() });
  });
  const { id = null, treatedAs } = rows.find((one) => one.region === "unstated") ?? {};
  if (!treatedAs) return routes;
  return { ...routes, unstated: { ...routes[treatedAs], id, treatedAs } };
}

const inTransaction = new WeakMap<Tx, Promise<FrozenRoutes>>();

/** The same, asked once however much one transaction starts: all of it goes by the same routes. */
export function routesOf(tx: Tx): Promise<FrozenRoutes> {
  const known = inTransaction.get(tx) ?? routesNow(tx);
  inTransaction.set(tx, known);
  return known;
}

const isSmtpSet = (): boolean => env().MAIL_SMTP_URL !== undefined;

const decidedOf = ({ id, route, storedIn, ...row }: typeof mailRoutes.$inferSelect) => ({
  ...{ id, route, storedIn },
  basis: row.basis && { way: row.basis, number: row.basisNumber, day: row.basisDay },
});

/** Of who is told for several accounts, the strictest region counts: the place of an account's in this list. */
const ORDER = sql`array[${sql.join(
  MAIL_REGIONS.map((region) => sql.raw(`'${region}'`)),
  sql`, `,
)}]`;

type Told = { accountIds: SQL; routes: SQL };

/**
 * A lateral row (route, home, refused) for a person told for `accountIds` by a broadcast that froze `routes`:
 * the way of their mail, null for the provider, and what stands as its reason where none leaves.
 */
export const wayOf = ({ accountIds, routes }: Told): SQL => sql`lateral (
  select nullif(chosen ->> 'route', 'resend') as route, region as home,
    'no_route:' || region || ':' || (chosen ->> 'refused') as refused
  from (
    select region, (${routes}) -> region as chosen
    from (select ${regionOf(accountIds)} as region) as home
  ) as one
)`;

const regionOf = (accountIds: SQL): SQL => sql`coalesce((
  select (${ORDER})[min(array_position(${ORDER}, coalesce(a.home_region, 'unstated')))]
  from accounts a where a.id = any(${accountIds})), 'unstated')`;

const withheldRow = z.object({
  region: z.enum(MAIL_REGIONS),
  cause: z.enum(ROUTE_REFUSALS),
  mails: countColumn,
});
export type Withheld = z.output<typeof withheldRow>;

const foreseenRow = z.object({
  region: z.enum(MAIL_REGIONS),
  cause: z.enum(ROUTE_REFUSALS).nullable(),
  mails: countColumn,
});

/**
 * How many mails would not leave as the routes are now, by region and cause; and how many leave to
 * accounts of which nobody has said where they are at home, while nobody has decided their route.
 * `people` is a select of rows (account_id, user_id) of whom a telling would mail.
 */
export async function foreseeMails(
  db: Db | Tx,
  people: SQL,
): Promise<{ withheld: Withheld[]; asBefore: number }> {
  const routes = await routesNow(db);
  const isUndecided = routes.unstated.id === null;
  const rows = await readRows(db, foreseenRow)`
    select home as region, split_part(refused, ':', 3) as cause, count(*) as mails
    from (
      select array_agg(account_id) as account_ids from (${people}) as pairs
      where user_id is not null group by user_id
    ) as told
    cross join ${wayOf({ accountIds: sql`told.account_ids`, routes: sql`${JSON.stringify(routes)}::jsonb` })} as way
    where refused is not null or (${isUndecided} and home = 'unstated')
    group by 1, 2 order by array_position(${ORDER}, home)`;
  return {
    withheld: rows.flatMap(({ cause, ...row }) => (cause ? [{ ...row, cause }] : [])),
    asBefore: rows.find(({ cause }) => cause === null)?.mails ?? 0,
  };
}

/** The mails of a broadcast that its routes did not let leave. */
export const readWithheld = (db: Db | Tx, broadcastId: string): Promise<Withheld[]> =>
  readRows(db, withheldRow)`
    select split_part(reason, ':', 2) as region, split_part(reason, ':', 3) as cause, count(*) as mails
    from deliveries
    where broadcast_id = ${broadcastId} and channel = 'email' and status = 'suppressed'
      and reason like ${REFUSED_LIKE}
    group by 1, 2 order by array_position(${ORDER}, split_part(reason, ':', 2))`;

/** What an attempt by SMTP may have come to that leaves its mail waiting. */
export const SMTP_TROUBLES = [
  ...(["key_refused", "access_refused", "tls_refused"] as const),
  ...(["provider_error", "no_answer"] as const),
] as const;
/** Nothing that time mends. */
export const isPermanent = (one: (typeof SMTP_TROUBLES)[number]): boolean =>
  one.endsWith("_refused");

const troubleRow = z.object({
  reason: z.string(),
  detail: z.string(),
  waiting: countColumn,
  since: momentColumn.nullable(),
});

export type SmtpTrouble = z.output<typeof troubleRow>;

/**
 * Why mails by SMTP wait: what the server said last to one that is still to be sent. Null where none waits
 * for more than its turn.
 */
const smtpTrouble = (db: Db | Tx) =>
  readRow(db, troubleRow)`
    with waiting as (
      select * from mail_batches where status = 'frozen' and route = 'smtp'
    )
    select split_part(last_error, ':', 1) as reason,
      ltrim(substr(last_error, length(split_part(last_error, ':', 1)) + 2)) as detail,
      (select count(*) from waiting) as waiting, (select min(first_attempt_at) from waiting) as since
    from waiting where last_error is not null
    order by first_attempt_at desc, next_attempt_at desc limit 1`;

const proposers = alias(users, "proposers");
const deciders = alias(users, "deciders");
const PAST = 30;

/** Each region's route, how many open accounts are at home there, what waits for a second person, and what was decided before. */
export const listMailRoutes = query({
  may: "route.read",
  input: z.object({}),

  async run({ db }) {
    const select = () =>
      db
        .select({ row: mailRoutes, proposer: proposers.name, decider: deciders.name })
        .from(mailRoutes)
        .innerJoin(proposers, eq(proposers.id, mailRoutes.proposedBy))
        .leftJoin(deciders, eq(deciders.id, mailRoutes.decidedBy));
    const decided = or(eq(mailRoutes.decision, "approved"), eq(mailRoutes.decision, "rejected"));
    const [trouble, routes, waiting, past, homes] = await Promise.all([
      smtpTrouble(db),
      routesNow(db),
      select().where(isNull(mailRoutes.decision)).orderBy(mailRoutes.proposedAt),
      select()
        .where(and(decided))
        .orderBy(desc(mailRoutes.decidedAt), desc(mailRoutes.id))
        .limit(PAST),
      db
        .select({ region: accounts.homeRegion, count: sql<number>`count(*)::int` })
        .from(accounts)
        .where(isNull(accounts.closedAt))
        .groupBy(accounts.homeRegion),
    ]);
    return {
      ...{ waiting, past, trouble, isSmtpSet: isSmtpSet() },
      regions: MAIL_REGIONS.map((region) => ({
        ...{ region, ...routes[region] },
        accounts: homes.find((home) => (home.region ?? "unstated") === region)?.count ?? 0,
      })),
    };
  },
});
export type RegionRoute = Awaited<ReturnType<typeof listMailRoutes>>["regions"][number];
export type RouteProposal = Awaited<ReturnType<typeof listMailRoutes>>["past"][number];
