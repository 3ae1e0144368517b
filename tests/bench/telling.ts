import { sql } from "drizzle-orm";

import { db } from "@/db/client";
import { peopleConcerned } from "@/domain/broadcasts/audience";
import type { Context } from "@/domain/context";
import { prepareAll } from "@/tests/support/broadcasts";
import { givenStaff } from "@/tests/support/people";

import { fillCrowd, SIZES, tellAgain } from "./crowd";
import { openOwnDatabase } from "./ground";
import { type Figure, quantile, type Ratio, timed, type Workload } from "./measure";

export const snapshot: Workload = {
  id: "B6",
  name: "Freezing who is told",
  about:
    "Approving a telling of N developers, in-site message and mail, and the worker writing the deliveries, beside a bare INSERT … SELECT of the same rows and keys from the same audience; up to 10,000 the median of five, one after the other.",
  async run() {
    openOwnDatabase();
    const actor = await givenStaff("approver");
    const figures: Figure[] = [];
    const ratios: Ratio[] = [];
    for (const size of SIZES) {
      const productId = await fillCrowd(size);
      const rounds: Awaited<ReturnType<typeof tellAndCopy>>[] = [];
      for (let round = 0; round < roundsOf(size); round += 1)
        rounds.push(await tellAndCopy(actor, { productId, size }));
      const middle = (what: keyof (typeof rounds)[number]) =>
        quantile(
          rounds.map((round) => round[what]).sort((one, other) => one - other),
          0.5,
        );
      figures.push(
        { what: "approval", value: middle("approval"), unit: "s", size },
        { what: "worker, writing the deliveries", value: middle("writing"), unit: "s", size },
        { what: "bare INSERT … SELECT", value: middle("bare"), unit: "s", size },
        {
          ...{ what: "a recipient and channel, before the mail", unit: "B", size },
          value: middle("bytes") / 2,
        },
      );
      ratios.push({
        ...{ what: "approval, s", value: middle("approval"), size, most: 2 },
        ...(size >= 1_000_000 && { why: BY_ONE_PROCESS }),
      });
      ratios.push({
        ...{ what: "whole ÷ bare", value: middle("ratio"), size, most: 1.3 },
        ...(size <= 1000 && { why: WHOLE_WITH_START }),
      });
    }
    return { figures, ratios };
  },
};

/** By pg_stat_statements, five tellings of 1,000, 2026-11-30. */
const WHOLE_WITH_START =
  "the ids of 1,000 people are frozen as 883 rows, which takes 20 ms, and taken away again with the writing, which takes 58 beside 31 of the bare statement: what makes a million quick is dear for a thousand, in milliseconds";

/** Profiled, and tried by turns with a temporary table that several processes fill, 2026-11-30. */
const BY_ONE_PROCESS =
  "of the backend's time 1.2 s find who (three joins by hash), 0.7 s gather them in parts, 0.3 s count each person once, 0.5 s write the parts; a statement that writes is worked out by one process, and a temporary table that two fill first took as long (3.5 and 4.8 s beside 4.0 and 3.6, busy): gathering from two and copying cost what they gained";

/** What takes milliseconds is done some times, the first of them being the first at all of these connections. */
const roundsOf = (size: number): number => (size <= 10_000 ? 5 : 1);

/** One telling, and the same rows barely; both are gone after it. */
async function tellAndCopy(
  actor: Context["actor"],
  { productId, size }: { productId: string; size: number },
) {
  let id = "";
  const approval = (await timed(async () => (id = await tellAgain(actor, productId)))) / 1000;
  const writing = (await timed(() => prepareAll(new Date()))) / 1000;
  const bytes = await bytesOf(size);
  const bare = await copyBarely(productId, id);
  await db.execute(sql`truncate deliveries`);
  return { approval, writing, bytes, bare, ratio: (approval + writing) / bare };
}

/** @returns seconds */
async function copyBarely(productId: string, broadcastId: string): Promise<number> {
  await db.execute(sql`drop table if exists bare_deliveries`);
  await db.execute(sql`create table bare_deliveries (like deliveries including all)`);
  const ms = await timed(() =>
    db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('statement_timeout', '0', true)`);
      await tx.execute(sql`
        insert into bare_deliveries
          (broadcast_id, channel, user_id, account_ids, address, locale, status, created_at)
        select ${broadcastId}, channel, p.user_id, p.account_ids,
          case when channel = 'email' then u.email end, u.locale,
          case when channel = 'inbox' then 'placed' else 'queued' end, now()
        from (${peopleConcerned(productId)}) p join users u on u.id = p.user_id
        cross join unnest(array['inbox', 'email']) as channel`);
    }),
  );
  return ms / 1000;
}

/** What the rows of so many recipients take, with their indexes. */
async function bytesOf(size: number): Promise<number> {
  const { rows } = await db.execute<{ bytes: number }>(
    sql`select pg_total_relation_size('deliveries')::float8 as bytes`,
  );
  return (rows[0]?.bytes ?? 0) / size;
}
