import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { CLOSED_REQUEST_STATUSES } from "@/db/vocabulary/requests";
import {
  CHECK_SOURCES,
  DEREGISTRATION_CHECKS,
  SERVICE_CHECKS,
} from "@/db/vocabulary/deregistrations";

import { countColumn, readOneRow } from "../rows";
import type { elsewhere } from "./input";
import type { CheckResult } from "./rules";

const MOST_NUMBERS = 10;

export const storedChecks = z.array(
  z.object({
    check: z.enum(DEREGISTRATION_CHECKS),
    count: z.number(),
    numbers: z.array(z.string()).default([]),
    /** What was stored before other sources were asked is this portal's. */
    from: z.enum(CHECK_SOURCES).default("portal"),
    url: z.string().optional(),
  }),
);

const checkedRow = z.object({
  own: countColumn,
  ownNumbers: z.array(z.string()),
  routed: countColumn,
  routedNumbers: z.array(z.string()),
  apps: countColumn,
});

/** What other rooms know of the account; whoever asks brings it. */
export type Elsewhere = z.output<typeof elsewhere>;

/** At the end they count no more: they only warn; what is unpaid the worker asks for anew. */
export const NOTHING_ELSEWHERE: Elsewhere = { unansweredVersions: 0, openAdvice: 0, service: {} };

export async function readChecks(
  db: Db | Tx,
  accountId: string,
  { unansweredVersions, openAdvice, service }: Elsewhere,
): Promise<CheckResult[]> {
  const row = await readOneRow(db, checkedRow)`
    with open as (
      select number, requester_kind = 'developer' as is_own, status
      from requests
      where account_id = ${accountId}
        and status <> all(${sql.param([...CLOSED_REQUEST_STATUSES])}::text[])
    ),
    own as (select number from open where is_own),
    routed as (select number from open where not is_own and status = 'with_developer')
    select
      (select count(*)::int from own) as own,
      array(select number from own order by number limit ${MOST_NUMBERS}) as "ownNumbers",
      (select count(*)::int from routed) as routed,
      array(select number from routed order by number limit ${MOST_NUMBERS}) as "routedNumbers",
      (select count(*)::int from apps where account_id = ${accountId} and closed_at is null) as apps`;
  const here = [
    { check: "own_requests", count: row.own, numbers: row.ownNumbers },
    { check: "routed_requests", count: row.routed, numbers: row.routedNumbers },
    { check: "live_apps", count: row.apps, numbers: [] },
    { check: "unanswered_versions", count: unansweredVersions, numbers: [] },
    { check: "security_advice", count: openAdvice, numbers: [] },
  ] as const;
  return [
    ...here.map((one) => ({ ...one, numbers: [...one.numbers], from: "portal" as const })),
    ...SERVICE_CHECKS.map((check): CheckResult => {
      const said = service[check];
      return said ? { check, ...said, from: "service" } : { check, ...THEIR_WORD };
    }),
    { check: "end_users_told", ...THEIR_WORD },
  ];
}

const THEIR_WORD = { count: 0, numbers: [], from: "owner" } satisfies Omit<CheckResult, "check">;
